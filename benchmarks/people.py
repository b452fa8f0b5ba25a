"""Citizens, as many as needed, all different."""

from collective.servicekonto.accounts.passwords import hash_password
from collective.servicekonto.accounts.service import NewAccount
from collective.servicekonto.portal.declarations import current_declarations
from collective.servicekonto.portal.service import get_portal
from functools import cache


PASSWORD = "Laterne Kompott Ziegel 47"  # noqa: S105


def address(number: int) -> str:
    """Return the address of the citizen with this number."""
    return f"erika.mustermann-{number}@buerger.example"


def references() -> tuple[str, ...]:
    """Return what everybody has to confirm."""
    return tuple(one.reference for one in current_declarations(get_portal()))


def new_account(number: int) -> NewAccount:
    """Return what the citizen entered. All have the same password, hashed once."""
    return NewAccount(
        salutation="frau",
        given_names="Erika Maria",
        family_name=f"Mustermann-{number}",
        email=address(number),
        password_hash=_password_hash(),
        confirmed=references(),
        language="de",
    )


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)
