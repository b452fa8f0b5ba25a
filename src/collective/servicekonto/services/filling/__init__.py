"""Filling in a form of the town: page by page, kept as a draft, sent once."""
