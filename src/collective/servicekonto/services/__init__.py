"""Online-Dienste: forms of the town, the applications made with them, and their cases."""
