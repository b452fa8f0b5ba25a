"""Programs of an office are told what happened, if they want to be (webhooks)."""
