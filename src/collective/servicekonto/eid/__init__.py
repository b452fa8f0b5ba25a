"""The Online-Ausweis: the eID-Server, and what citizens do with their card."""
