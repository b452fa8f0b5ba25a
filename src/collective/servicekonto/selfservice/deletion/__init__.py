"""The end of an account: by the citizen, or after two years without use."""
