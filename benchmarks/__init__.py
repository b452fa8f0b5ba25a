"""What the Servicekonto must reach, measured: ``make bench``."""
