"""An account, and the passkeys that are added to it."""

from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts import sessions
from collective.servicekonto.identity.levels import TrustLevel
from tests.authenticator import Authenticator
from tests.authenticator import PUBLIC_URL
from tests.factories import active_account
import pytest


@pytest.fixture
def local_portal(functional, site):
    """The portal at an address under which browsers offer passkeys."""
    site.buergerportal.public_url = PUBLIC_URL
    return site.buergerportal


@pytest.fixture
def owner(local_portal, clock):
    """The account of Erika."""
    return active_account(clock())


@pytest.fixture
def session(owner, clock):
    """A session of Erika's, begun with the password."""
    return begun(owner, clock)


def begun(account, clock):
    """Begin a session with the password."""
    ticket = sessions.start(account, TrustLevel.LOW, "password", clock())
    return sessions.resolve(ticket, clock())


@pytest.fixture
def phone():
    """An authenticator that knows nobody yet."""
    return Authenticator()


def add(account, session, phone, clock, label="Mein Handy"):
    """Register the passkey, not yet confirmed."""
    options = passkeys.begin_registration(session, account, clock())
    credential = passkeys.check_registration(
        session, account, phone.create(options), clock()
    )
    return means.register(account, label, credential, session.key, clock())


def use(account, session, phone, clock):
    """Use the passkey in the session."""
    options = passkeys.begin_log_in(session, account, clock())
    used = passkeys.check_log_in(session, account, phone.get(options), clock())
    return means.note_use(
        account, used.passkey.id, used.sign_count, session.key, clock()
    )


@pytest.fixture
def passkey(owner, session, phone, clock):
    """A passkey of Erika's that was registered and confirmed."""
    add(owner, session, phone, clock)
    return use(owner, session, phone, clock)
