"""With what a session is confirmed, so that it reaches all that the account's means do."""

from collective.servicekonto import _
from collective.servicekonto.accounts import means
from collective.servicekonto.identity.means import Kind
from typing import Any
from typing import NamedTuple


class Confirming(NamedTuple):
    """The page of the portal on which the means is used; texts for the citizen."""

    page: str
    link_text: Any
    needed: Any


_WAYS = {
    Kind.PASSKEY: Confirming(
        "anmelden-passkey",
        _("Confirm with your passkey"),
        _(
            "Your Servicekonto is protected with a passkey. Please confirm with it "
            "first, under “Log-in and security”. If you lost the passkey, you can "
            "remove it there."
        ),
    ),
    Kind.ONLINE_AUSWEIS: Confirming(
        "anmelden-ausweis",
        _("Confirm with your Online-Ausweis"),
        _(
            "Your Servicekonto is protected with your Online-Ausweis. Please confirm "
            "with it first, under “Log-in and security”. If you have a new card, choose "
            "“I have a new card” there."
        ),
    ),
}


def way_up(account: Any) -> Confirming:
    """Return how the session of an account with more than a password is confirmed.

    Blocked means count, see identity.means.maximal_level.
    """
    kinds = {one.kind for one in means.all_of(account) if one.confirmed}
    return _WAYS[max(kinds & _WAYS.keys(), key=lambda kind: kind.level)]
