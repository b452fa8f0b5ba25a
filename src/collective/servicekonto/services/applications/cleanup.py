"""What becomes due with applications."""

from collective.servicekonto import _
from collective.servicekonto.cleanup.base import QueueProvider
from collective.servicekonto.cleanup.interfaces import Plan
from collective.servicekonto.clock import now as present
from collective.servicekonto.services.applications import copies
from collective.servicekonto.services.applications import paper
from collective.servicekonto.services.applications import retention
from collective.servicekonto.services.applications import scans
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications import submission
from collective.servicekonto.store.due import DueItem
from datetime import datetime


class OldApplications(QueueProvider):
    """Deletes applications at the end of their retention."""

    title = _("Applications whose time is over")
    queue_name = retention.RETENTION

    def later_deadline(self, item: str, now: datetime) -> int | None:
        """Return the deadline where something happened to the application since."""
        application = service.query(item)
        later = 0 if application is None else application.keep_until
        return later if later > now.timestamp() else None

    def delete(self, item: str) -> None:
        """Delete the application with its files."""
        application = service.query(item)
        if application is not None:
            service.discard(application, present())


class MissingPapers(QueueProvider):
    """Makes PDFs of applications that could not be made at once."""

    title = _("PDFs of applications that could not be made at once")
    queue_name = paper.PAPERS

    def process(self, entry: DueItem, now: datetime) -> None:
        """Make the PDF, and send it. Raises whatever the engine raises."""
        application = service.query(entry.item)
        if application is not None and application.paper is None:
            application.paper = paper.kept(application, paper.make(application))
            account = service.query_citizen(application)
            if account is not None:
                copies.send_paper(account, application, now)
        self._queue.remove(entry.item, entry.due)

    def plan(self, now: datetime) -> Plan:
        """Nothing is deleted."""
        return Plan()


class UnscannedFiles(QueueProvider):
    """Scans the files of applications, and removes those with malicious software."""

    title = _("Files of applications that have still to be scanned")
    queue_name = scans.SCANS

    def process(self, entry: DueItem, now: datetime) -> None:
        """Scan the files. Raises NotScanned where the scanner cannot be asked."""
        application = service.query(entry.item)
        if application is not None:
            infected = scans.scan(application)
            account = service.query_citizen(application)
            if infected and account is not None:
                copies.tell_infected(account, application, infected, now)
        self._queue.remove(entry.item, entry.due)

    def plan(self, now: datetime) -> Plan:
        """Nothing is deleted that a citizen has to know of before."""
        return Plan()


class OldBrochures(QueueProvider):
    """Lets go of brochures; those that are still handed out are stored once more."""

    title = _("Brochures for applicants, stored 30 days ago")
    queue_name = submission.BROCHURES

    def delete(self, item: str) -> None:
        """Let go of it."""
        submission.forget_brochure(item)
