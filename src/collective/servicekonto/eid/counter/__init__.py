"""Schalter: a clerk confirms who a citizen is, from a document shown at the counter."""
