"""Online-Dienste: forms of the town, and what becomes of what citizens send."""
