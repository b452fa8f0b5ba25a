"""Deletes what is due: named providers, one runner, a view and a command."""
