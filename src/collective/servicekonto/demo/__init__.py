"""The demo town: a site, a catcher of mails, and one command that starts both."""
