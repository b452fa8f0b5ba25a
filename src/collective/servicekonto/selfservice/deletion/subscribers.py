"""What is done when something happened to an account."""

from collective.servicekonto.accounts.service import is_locked
from collective.servicekonto.selfservice.deletion import inactivity
from collective.servicekonto.selfservice.deletion import service


def watch_activated(event) -> None:
    """See from now on whether the account is used."""
    inactivity.watch_new(event.account)


def call_off_warning(event) -> None:
    """Whoever uses the account need not be warned any more."""
    inactivity.forget_warning(event.account)


def unlock_taken_back(event) -> None:
    """Whoever takes the address back did not want the deletion either."""
    if is_locked(event.account):
        service.call_off(event.account)
