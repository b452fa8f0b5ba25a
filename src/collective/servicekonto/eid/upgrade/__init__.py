"""Hochstufen: from the Servicekonto to the Servicekonto Plus."""
