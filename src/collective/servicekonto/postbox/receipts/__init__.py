"""The receipt of each message: what happened to it when, provable to both sides."""
