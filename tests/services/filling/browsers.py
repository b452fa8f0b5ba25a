"""Browsers of people who fill in a form."""

from collections.abc import Mapping
from tests.selfservice.browsers import Citizen
from typing import Any
from urllib.parse import urlencode
import json


FORM = "hundesteuer"


class Applicant(Citizen):
    """A browser in which somebody applies, with or without an account."""

    def begins(self, **entries: Any) -> None:
        """Begin an application, as the page of the service does."""
        self.posts("ausfuellen", was="beginnen", **entries)

    def posts(self, page: str, **entries: Any) -> None:
        """Send a form of the service with the token of this browser."""
        data = {"csrf": self.token()} | entries
        self.open(f"{self.portal}/{FORM}/{page}", data=urlencode(data, doseq=True))

    def token(self) -> str:
        """Return the token of the forms in this browser."""
        # Each page has a form with it, for logging in or out.
        self.opens("anmelden")
        return str(self.getControl(name="csrf", index=0).value)

    def reads(self, page: str) -> None:
        """Open a page of the service."""
        self.open(f"{self.portal}/{FORM}/{page}")

    def types(self, **entries: Any) -> None:
        """Type into the fields of the form."""
        for name, value in entries.items():
            self.field(name).value = value

    def chooses(self, name: str, option: str) -> None:
        """Choose an option."""
        self.field(f"{name}:list").value = [option]

    def chooses_for(self, whom: str) -> None:
        """Choose for whom one applies: myself or organisation."""
        self.field("servicekonto_for").value = [whom]

    def attaches(self, name: str, content: bytes, file_name: str) -> None:
        """Choose a file."""
        self.field(name).add_file(content, "application/octet-stream", file_name)

    def field(self, name: str) -> Any:
        """Return the input of a field."""
        return self.getControl(name=f"form.widgets.{name}", index=0)

    def goes(self, way: str) -> None:
        """Press a button: weiter, zurueck or speichern."""
        form = self.getForm(id="servicekonto-form")
        for index in range(9):
            button = form.getControl(name="was", index=index)
            if button.value == way:
                button.click()
                return
        raise LookupError(way)

    def goes_on(self) -> None:
        """Press the button that leads to the next page."""
        self.goes("weiter")

    def fills_in_everything(self) -> None:
        """Begin, and answer what must be answered, up to the review."""
        self.begins()
        self.goes_on()
        self.types(dog_name="Rex")
        self.chooses("race", "Dackel")
        self.goes_on()
        self.goes_on()

    def sends(self) -> None:
        """Send the form from the review."""
        self.getForm(id="servicekonto-form").submit()

    def saves_by_script(self, **entries: Any) -> Mapping[str, Any]:
        """Save as the script does; return its answer."""
        named = {f"form.widgets.{name}": text for name, text in entries.items()}
        self.posts("ausfuellen", was="entwurf", seite="1", **named)
        answer: Mapping[str, Any] = json.loads(self.contents)
        return answer

    @property
    def step(self) -> str:
        """Return the page of the form that is open."""
        return self.url.rpartition("/")[2]
