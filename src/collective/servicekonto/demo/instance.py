"""Where the demo instance lives on the disk, and its configuration files."""

from dataclasses import dataclass
from pathlib import Path
from string import Template


TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Instance:
    """A Zope instance below one directory, served on one loopback port."""

    var: Path
    port: int

    @property
    def home(self) -> Path:
        """Return the directory of Zope's own files."""
        return self.var / "demo"

    @property
    def mails(self) -> Path:
        """Return the directory in which outgoing mails are kept."""
        return self.var / "mail"

    @property
    def eid(self) -> Path:
        """Return the directory of the test eID-Server."""
        return self.var / "eid"

    @property
    def wsgi_ini(self) -> Path:
        """Return the file that configures the web application."""
        return self.home / "etc" / "wsgi.ini"

    @property
    def cron_secret(self) -> Path:
        """Return the file with which cron shows who it is."""
        return self.home / "etc" / "cron-secret"

    @property
    def address(self) -> str:
        """Return the address of the site.

        It is a name: browsers offer no passkeys to the number of a machine.
        """
        return f"http://localhost:{self.port}/Plone"

    def write(self) -> None:
        """Create the directories and write the configuration files anew."""
        for folder in (self.home / "etc", self.home / "log", self.mails):
            folder.mkdir(parents=True, exist_ok=True)
        values = {"home": self.home, "mails": self.mails}
        for template in sorted(TEMPLATES.glob("*.in")):
            text = Template(template.read_text(encoding="utf-8")).substitute(values)
            target = self.home / "etc" / template.stem
            target.write_text(text, encoding="utf-8")
