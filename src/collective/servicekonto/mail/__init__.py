"""Mails to citizens: their form, and the queue that sends them once."""
