"""Datenzugriff: which data left the account, and everything that is in it."""
