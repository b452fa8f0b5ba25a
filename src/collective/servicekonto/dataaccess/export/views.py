"""The page “Daten exportieren”."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts.new_password import reveal_attributes
from collective.servicekonto.clock import now
from collective.servicekonto.dataaccess.export import service
from collective.servicekonto.selfservice.own import OwnForm
from plone import api
from plone.autoform import directives
from plone.supermodel import model
from z3c.form import button
from z3c.form.browser.password import PasswordFieldWidget
from zope import schema
from zope.interface import implementer
from ZPublisher.Iterators import IUnboundStreamIterator


class IExport(model.Schema):
    """Who exports shows once more who they are."""

    directives.widget("present_password", PasswordFieldWidget)
    present_password = schema.Text(title=_("Your password"), required=False)


@implementer(IUnboundStreamIterator)
class Chunks:
    """The archive as the publisher sends it, piece by piece."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def __next__(self) -> bytes:
        return next(self._chunks)


class ExportForm(OwnForm):
    """Hands the citizen everything that is in the account."""

    schema = IExport
    label = _("Export your data")
    intro = _(
        "You get one file with everything that is in your Servicekonto: your details, "
        "your log-ins, the log of data transfers, and all documents. In it there is "
        "an overview to read (PDF) and a file for other programs. Keep it in a safe "
        "place: it is not protected by a password."
    )
    scripts = ("reveal.js",)
    autocomplete = {"present_password": "current-password"}
    archive: Chunks | None = None

    def input_attributes(self, name):
        """Offer to show the password."""
        return super().input_attributes(name) | reveal_attributes(self)

    @button.buttonAndHandler(_("Download"), name="download")
    def handle_download(self, action):
        """Check the password and begin the download."""
        data, _errors = self.extractData()
        password = data.get("present_password") or ""
        try:
            login.check_again(self.request, self.account, password, now())
        except login.LoginRefused as refused:
            self.show_problems({"present_password": refused.message})
            return
        self.archive = self._begin()

    def render(self):
        """Return the page, or the archive."""
        return super().render() if self.archive is None else self.archive

    def _begin(self) -> Chunks:
        language = api.portal.get_current_language()
        export = service.export(
            self.account, self.session.level, language, self.translate, now()
        )
        response = self.request.response
        response.setHeader("Content-Type", "application/zip")
        response.setHeader("Content-Length", str(export.length))
        response.setHeader(
            "Content-Disposition", f'attachment; filename="{export.name}"'
        )
        return Chunks(export.chunks)
