"""Trust levels, sessions, names and addresses: the rules about identity."""
