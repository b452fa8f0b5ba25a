"""The mails that tell citizens of news in their Postfach, and what comes back."""
