"""Accounts and registrations as tests need them."""

from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.passwords import hash_password
from collective.servicekonto.portal.declarations import current_declarations
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.registration import service as registration


PASSWORD = "Kuhglocke hinterm Fahrradständer"
ADDRESS = "erika@example.org"


def entries(**changes):
    """Return what a citizen types into the form."""
    return {
        "salutation": "frau",
        "given_names": "Erika",
        "family_name": "Mustermann",
        "email": ADDRESS,
        "password": PASSWORD,
        "repetition": PASSWORD,
    } | changes


def registered(now, **changes):
    """Register through the service; return the key of the draft."""
    key = registration.begin("privatperson", "de", now)
    registration.choose_account(key, "servicekonto", now)
    registration.fill_in(key, entries(**changes), now)
    declarations = current_declarations(get_portal())
    registration.register(key, {each.reference for each in declarations}, now)
    return key


def pending_account(now, email=ADDRESS, password=PASSWORD):
    """Return an account that waits for its activation."""
    new = accounts.NewAccount(
        salutation="",
        given_names="Erika",
        family_name="Mustermann",
        email=email,
        password_hash=hash_password(password),
        confirmed=("privacy_declaration:1",),
        language="de",
    )
    return accounts.create_account(new, now)


def active_account(now, email=ADDRESS, password=PASSWORD):
    """Return an account whose address was proven."""
    account = pending_account(now, email, password)
    accounts.activate(account, now)
    return account
