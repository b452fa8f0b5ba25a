"""Debian's AusweisApp for the demo: it trusts the demo alone, and plays a card itself.

The card is the app's simulator: Erika Mustermann, without a PIN.
"""

from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.eid.testserver import app
from collective.servicekonto.eid.testserver.run import keys
from threading import Event


# Where browsers look for the AusweisApp (BSI TR-03124-1).
PORT = 24727

READY = """
The AusweisApp is running. It allows everything, with the card of Erika Mustermann.
In the demo, log in and choose “Online-Ausweis benutzen” in Mein Bereich. Your browser
warns of the certificate of the demo's eID-Server: let it go on.

Ctrl-C stops it.
"""


def run(instance: Instance) -> None:
    """Run the AusweisApp until Ctrl-C. Raises AppFailed."""
    directory = instance.eid / "ausweisapp"
    try:
        with (
            app.running(directory, keys(instance.eid).cvca, PORT) as running,
            running.attended(app.Answers()),
        ):
            print(READY, flush=True)
            Event().wait()
    except KeyboardInterrupt:
        pass
