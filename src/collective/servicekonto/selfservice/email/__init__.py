"""The e-mail address: how a citizen changes it, and how its owner stops that."""
