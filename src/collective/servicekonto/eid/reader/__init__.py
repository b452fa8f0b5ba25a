"""Whether card reader and card are ready for the Online-Ausweis.

The reader stands with the citizen or at the counter, so this is a command and no page. It
asks for no PIN and no CAN, and reads nothing about a person.
"""
