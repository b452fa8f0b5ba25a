"""Changes of the address under way."""

from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.selfservice.email import service
from tests.factories import ADDRESS
from tests.factories import PASSWORD
import pytest
import re
import transaction


NEW = "erika@new.example"
THIEF = "thief@evil.example"
OTHER_PASSWORD = "Teekanne über dem Leuchtturm"


@pytest.fixture
def request_change(functional, account, clock):
    """Returns what the citizen does in the form."""

    def request(address=NEW, of=None, secret=PASSWORD, level=TrustLevel.LOW):
        of = account if of is None else of
        request = functional["request"]
        service.request_change(request, of, level, address, secret, clock())

    return request


@pytest.fixture
def mails_to(mailbox):
    """Returns the texts of the mails to an address, oldest first."""

    def texts(address):
        transaction.commit()
        return [
            mail.get_body(("plain",)).get_content()
            for mail in mailbox.mails()
            if mail["To"] == address
        ]

    return texts


@pytest.fixture
def token(mails_to):
    """Returns the secret in the newest mail to an address that has a page's link."""

    def secret(address, page):
        found = re.findall(rf"/{page}\?token=(\S+)", "".join(mails_to(address)))
        return found[-1] if found else None

    return secret


@pytest.fixture
def proof(token):
    """Returns the secret of the newest link that proves an address."""
    return lambda address=NEW: token(address, "e-mail-bestaetigen")


@pytest.fixture
def stop_link(token):
    """Returns the secret of the newest link that stops a change."""
    return lambda address=ADDRESS: token(address, "e-mail-abbrechen")
