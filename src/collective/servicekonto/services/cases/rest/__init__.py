"""Applications for programs of an office, over REST."""
