"""What the transaction that makes an account writes."""

from benchmarks.measures import at_most
from benchmarks.measures import Measure
from benchmarks.people import address
from benchmarks.people import new_account
from benchmarks.people import PASSWORD
from benchmarks.people import references
from benchmarks.transactions import typical
from benchmarks.transactions import written
from benchmarks.zope import open_site
from collective.servicekonto.accounts.service import create_account
from collective.servicekonto.clock import now
from collective.servicekonto.registration import service
from collective.servicekonto.registration.draft import Details
from plone import api
import transaction


# A store that is in use: its buckets are as full as they usually are.
EARLIER = 2_000


def measure() -> list[Measure]:
    """Measure the registration, a page, and a member of Plone's own."""
    with open_site() as site:
        for number in range(EARLIER):
            create_account(new_account(number), now())
        transaction.commit()
        changes = site.portal_catalog.getCounter()
        ours = written(site, _prepare_registration, _register)
        catalogued = site.portal_catalog.getCounter() - changes
        folder = api.content.create(site, "Folder", id="vergleich")
        pages = written(site, lambda number: folder, _add_page)
        members = written(site, lambda number: None, _add_member)
        transaction.abort()
    return [
        at_most("registration.account.objects", typical(ours).objects, 10),
        at_most("registration.account.kilobytes", typical(ours).bytes / 1000, 16),
        Measure("registration.account.most objects", max(w.objects for w in ours)),
        Measure(
            "registration.account.most kilobytes", max(w.bytes for w in ours) / 1000
        ),
        at_most("registration.account.changes of portal_catalog", catalogued, 0),
        Measure("registration.account.a page's objects", typical(pages).objects),
        Measure("registration.account.a page's kilobytes", typical(pages).bytes / 1000),
        Measure(
            "registration.account.a Plone member's objects", typical(members).objects
        ),
        Measure(
            "registration.account.a Plone member's kilobytes",
            typical(members).bytes / 1000,
        ),
    ]


def _prepare_registration(number: int) -> str:
    moment = now()
    key = service.begin("privatperson", "de", moment)
    service.choose_account(key, "servicekonto", moment)
    new = new_account(EARLIER + number)
    service.get_draft(key, moment).details = Details(
        new.salutation, new.given_names, new.family_name, new.email, new.password_hash
    )
    return key


def _register(key: str, number: int) -> None:
    service.register(key, set(references()), now())


def _add_page(folder, number: int) -> None:
    api.content.create(folder, "Document", title=f"Erika Mustermann-{number}")


def _add_member(prepared: None, number: int) -> None:
    api.user.create(email=address(number), username=address(number), password=PASSWORD)
