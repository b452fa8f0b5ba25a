"""The cleanup for cron: called with a secret in a header, or by a Manager."""

from AccessControl import Unauthorized
from collective.servicekonto import _
from collective.servicekonto.cleanup import service
from collective.servicekonto.clock import now
from collective.servicekonto.portal import csrf
from collective.servicekonto.portal.machines import knows_secret
from collective.servicekonto.portal.settings import settings
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from zope.i18n import translate
from zope.interface import alsoProvides
import json


HEADER = "X-Servicekonto-Cron"
ENVIRONMENT = "SERVICEKONTO_CRON_SECRET_FILE"

PERMISSION = "collective.servicekonto: Run cleanup"


class CleanupView(BrowserView):
    """POST runs the cleanup; GET shows a Manager what is due.

    With ``dry_run`` it only says what a run would do.

    Cron, and whoever asks for it, is answered with JSON, a browser with a page.
    """

    label = _("Cleanup")
    outcomes = None
    plans = None
    problem = None

    def __call__(self):
        """Answer cron or a Manager; refuse everybody else."""
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.request.method == "POST" and self.request.getHeader(HEADER):
            return self._answer_cron()
        if not api.user.has_permission(PERMISSION, obj=self.context):
            raise Unauthorized
        if self.request.method != "POST":
            return self._try_out(self._page) if self._is_dry_run() else self.index()
        answer = self._json if self._wants_json() else self._page
        if not csrf.is_valid(self.request):
            return self._refuse(403, _("Please reload the page."), answer)
        return self._run(answer)

    def due(self) -> list[dict]:
        """Return what is due, in words and in numbers."""
        titles = service.titles()
        return [
            {"title": titles[name], "due": count}
            for name, count in service.due_counts(now()).items()
        ]

    def results(self) -> list[dict]:
        """Return what was done, in words and in numbers."""
        titles = service.titles()
        return [
            {"title": titles[name], **outcome}
            for name, outcome in self.outcomes.items()
        ]

    def planned(self) -> list[dict]:
        """Return what a run would do, in words and in numbers."""
        titles = service.titles()
        return [{"title": titles[name], **plan} for name, plan in self.plans.items()]

    def notes(self) -> list:
        """Return what the cleanup cannot do by itself."""
        return service.notes()

    def _answer_cron(self) -> str:
        if not knows_secret(self.request, HEADER, ENVIRONMENT):
            return self._refuse(403, _("The secret is wrong."), self._json)
        return self._run(self._json)

    @property
    def csrf_token(self) -> str:
        """The value of the hidden field of the form."""
        return csrf.token(self.request)

    def _try_out(self, answer) -> str:
        self.plans = service.plans(now())
        return answer()

    def _run(self, answer) -> str:
        if self._is_dry_run():
            return self._try_out(answer)
        alsoProvides(self.request, IDisableCSRFProtection)
        records = settings()
        try:
            self.outcomes = service.run(records.cleanup_batch, records.cleanup_window)
        except service.AlreadyRunning:
            return self._refuse(409, _("Another cleanup is under way."), answer)
        return answer()

    def _refuse(self, status: int, message, answer) -> str:
        self.request.response.setStatus(status)
        self.problem = translate(message, context=self.request)
        return answer()

    def _page(self) -> str:
        return self.index()

    def _json(self) -> str:
        self.request.response.setHeader("Content-Type", "application/json")
        content = (
            {"error": self.problem} if self.problem else self.outcomes or self.plans
        )
        return json.dumps(content, ensure_ascii=False)

    def _is_dry_run(self) -> bool:
        return bool(self.request.form.get("dry_run"))

    def _wants_json(self) -> bool:
        return "application/json" in (self.request.getHeader("Accept") or "")
