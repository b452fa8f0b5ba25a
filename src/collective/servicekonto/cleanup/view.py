"""The cleanup for cron: called with a secret in a header, or by a Manager."""

from AccessControl import Unauthorized
from collective.servicekonto import _
from collective.servicekonto.cleanup import service
from collective.servicekonto.clock import now
from collective.servicekonto.portal import csrf
from collective.servicekonto.portal.settings import settings
from pathlib import Path
from plone import api
from plone.protect.interfaces import IDisableCSRFProtection
from Products.Five.browser import BrowserView
from zope.i18n import translate
from zope.interface import alsoProvides
import hmac
import json
import os


HEADER = "X-Servicekonto-Cron"
ENVIRONMENT = "SERVICEKONTO_CRON_SECRET_FILE"
MINIMUM_LENGTH = 16

PERMISSION = "collective.servicekonto: Run cleanup"


class CleanupView(BrowserView):
    """POST runs the cleanup and answers with JSON; GET shows a Manager what is due."""

    label = _("Cleanup")

    def __call__(self):
        """Answer cron or a Manager; refuse everybody else."""
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.request.method == "POST" and self.request.getHeader(HEADER):
            return self._answer_cron()
        if not api.user.has_permission(PERMISSION, obj=self.context):
            raise Unauthorized
        if self.request.method != "POST":
            return self.index()
        if not csrf.is_valid(self.request):
            self.request.response.setStatus(403)
            return self._json({"error": self._text(_("Please reload the page."))})
        alsoProvides(self.request, IDisableCSRFProtection)
        return self._run()

    def _answer_cron(self) -> str:
        if not self._is_cron():
            self.request.response.setStatus(403)
            return self._json({"error": self._text(_("The secret is wrong."))})
        alsoProvides(self.request, IDisableCSRFProtection)
        return self._run()

    @property
    def due(self) -> dict[str, int]:
        """How much is due, by provider."""
        return service.due_counts(now())

    @property
    def csrf_token(self) -> str:
        """The value of the hidden field of the form."""
        return csrf.token(self.request)

    def _run(self) -> str:
        records = settings()
        try:
            outcomes = service.run(records.cleanup_batch, records.cleanup_window)
        except service.AlreadyRunning:
            self.request.response.setStatus(409)
            return self._json({"error": self._text(_("Another cleanup is under way."))})
        return self._json(outcomes)

    def _json(self, content: dict) -> str:
        self.request.response.setHeader("Content-Type", "application/json")
        return json.dumps(content, ensure_ascii=False)

    def _text(self, message) -> str:
        return translate(message, context=self.request)

    def _is_cron(self) -> bool:
        sent = self.request.getHeader(HEADER)
        secret = cron_secret()
        if not sent or secret is None:
            return False
        return hmac.compare_digest(sent.encode("utf-8", "replace"), secret)


def cron_secret() -> bytes | None:
    """Return the secret of the configured file, or None where it is unusable."""
    configured = os.environ.get(ENVIRONMENT)
    if not configured:
        return None
    try:
        secret = Path(configured).read_bytes().strip()
    except OSError:
        return None
    return secret if len(secret) >= MINIMUM_LENGTH else None
