"""The password: forgotten, or changed in Mein Bereich."""
