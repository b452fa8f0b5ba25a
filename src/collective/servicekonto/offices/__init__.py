"""The offices of the town: who writes to citizens, and who may do it for them."""
