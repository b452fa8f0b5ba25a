"""The account itself: Servicekonto, passwords, sessions, and log-in."""
