"""The Postfach as citizens use it in the browser."""
