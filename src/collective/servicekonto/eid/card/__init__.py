"""The Online-Ausweis of a Servicekonto Plus: confirming with it, blocking, removing."""
