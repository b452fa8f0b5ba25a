"""Online-Dienste: forms of the town, what citizens apply for, and how it goes on."""
