"""Files that belong to a message: which are taken in, and how they are kept."""
