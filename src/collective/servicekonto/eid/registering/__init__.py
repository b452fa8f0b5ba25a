"""Registering a Servicekonto Plus: the card fills in what it proves."""
