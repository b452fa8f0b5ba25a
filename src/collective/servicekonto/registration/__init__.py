"""Registering a Servicekonto: kind, form, review, activation."""
