"""The ground: BTrees that hold the citizens' data, and their indexes."""
