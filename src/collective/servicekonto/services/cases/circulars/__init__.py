"""Writing to all applicants of a service."""
