"""The Postfach: messages between the town and its citizens."""
