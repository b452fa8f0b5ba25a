"""When a decision counts as delivered, and until when one may object."""
