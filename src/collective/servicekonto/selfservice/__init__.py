"""Mein Bereich: where citizens manage their account."""
