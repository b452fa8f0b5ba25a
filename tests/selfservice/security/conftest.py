"""Browsers at an address under which passkeys are possible."""

from html import unescape
from tests.authenticator import Authenticator
from tests.factories import PASSWORD
from tests.selfservice.browsers import Citizen
import json
import pytest
import re
import transaction


ORIGIN = "http://localhost"


@pytest.fixture
def site(site):
    """The site, served under a name that browsers trust."""
    site.buergerportal.public_url = f"{ORIGIN}/{site.id}/buergerportal"
    transaction.commit()
    return site


class Owner(Citizen):
    """A browser that can use a passkey as passkey.js does."""

    def options(self):
        """Return what the page asks the authenticator."""
        found = re.search(r'data-passkey-options="([^"]*)"', self.contents)
        return json.loads(unescape(found.group(1)))

    def answers(self, answer: str) -> None:
        """Send what the authenticator answered."""
        form = self.getForm(index=self._number_of_form())
        form.getControl(name="answer").value = answer
        form.submit()

    def names(self, label: str, password: str = PASSWORD) -> None:
        """Begin to add a passkey."""
        self.opens("passkey-hinzufuegen")
        self.fills_in(label=label, password=password)
        self.presses("next")

    def adds(self, phone: Authenticator, label: str = "Mein Handy") -> None:
        """Add a passkey and try it out."""
        self.names(label)
        self.answers(phone.create(self.options()))
        self.answers(phone.get(self.options()))

    def confirms(self, phone: Authenticator) -> None:
        """Use a passkey on the page that offers it."""
        self.begins()
        self.answers(phone.get(self.options()))

    def begins(self) -> None:
        """Press the button of the page."""
        self.getForm(index=self._number_of_form()).submit()

    def _number_of_form(self) -> int:
        # The search form of the site comes first.
        forms = re.findall(r"<form\b.*?>", self.contents, re.DOTALL)
        ours = [number for number, form in enumerate(forms) if "buergerportal/" in form]
        return ours[-1]

    @property
    def text(self) -> str:
        """Return the words of the page."""
        main = self.contents.partition('<div class="servicekonto"')[2]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


@pytest.fixture
def new_browser(functional, site, account):
    """Opens browsers that share nothing."""
    return lambda: Owner(functional["app"], site.buergerportal.public_url)


@pytest.fixture
def phone():
    """An authenticator that knows nobody yet."""
    return Authenticator(ORIGIN)


@pytest.fixture
def protected(erika, phone):
    """Erika, who has added a passkey."""
    erika.adds(phone)
    return erika
