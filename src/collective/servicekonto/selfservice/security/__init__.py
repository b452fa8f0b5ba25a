"""Log-in and security: means, sessions, history, and “that was not me”."""
