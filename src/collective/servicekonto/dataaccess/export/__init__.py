"""The export: everything that is in an account, in one archive."""
