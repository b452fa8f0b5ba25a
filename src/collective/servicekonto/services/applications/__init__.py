"""Applications: what citizens submitted, and its further course."""
