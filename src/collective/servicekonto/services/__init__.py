"""Online-Dienste: forms of the town, filled in with what the account knows."""
