"""Which field of a form is filled in with which attribute of the account."""
