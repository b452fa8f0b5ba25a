"""Debian's AusweisApp for the demo: it trusts the demo alone, and plays a card itself.

The card is the app's simulator: Erika Mustermann, without a PIN.
"""

from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.eid.testserver import app
from collective.servicekonto.eid.testserver.pki import PKI
from datetime import datetime
from datetime import UTC
from threading import Event


# Where browsers look for the AusweisApp (BSI TR-03124-1).
PORT = 24727

READY = """
The AusweisApp is running. It allows everything, with the card of Erika Mustermann.
In the demo, log in and choose “Online-Ausweis benutzen” in Mein Bereich. Your browser
warns of the certificate of the demo's eID-Server: let it go on.

Ctrl-C stops it.
"""


def present() -> datetime:
    """Return the present time; the AusweisApp knows no other."""
    return datetime.now(UTC)


def keys(instance: Instance) -> PKI:
    """Return the keys of the demo's eID-Server, which are made at the first use."""
    return PKI(instance.eid / "keys", present())


def run(instance: Instance) -> None:
    """Run the AusweisApp until Ctrl-C. Raises AppFailed."""
    directory = instance.eid / "ausweisapp"
    try:
        with (
            app.running(directory, keys(instance).cvca, PORT) as running,
            running.attended(app.Answers()),
        ):
            print(READY, flush=True)
            Event().wait()
    except KeyboardInterrupt:
        pass
