"""Logging in with the Online-Ausweis: with the card that is known, or with a new one."""
