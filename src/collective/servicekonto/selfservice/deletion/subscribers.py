"""What is done when something happened to an account."""

from collective.servicekonto.selfservice.deletion import inactivity


def watch_activated(event) -> None:
    """See from now on whether the account is used."""
    inactivity.watch_new(event.account)
