"""What the staff take with them from an application: its PDF, and the citizen's files."""

from collective.servicekonto import _
from collective.servicekonto.postbox.attachments.download import send
from collective.servicekonto.services.cases import service
from collective.servicekonto.services.cases.pages import CasesView


class FileView(CasesView):
    """A file of the citizen."""

    def index(self):
        """Send the file."""
        case = self.case()
        try:
            found = service.get_file(self.context, case, self.entry("datei"))
        except service.NotScanned:
            return self.message(
                _("This file is still checked"),
                _(
                    "The file has still to be checked for malicious software. Please "
                    "try again in some minutes."
                ),
                page=self.case_page(case.application),
                link_text=_("Back to the application"),
                status=409,
            )
        return send(found, self.request)


class PaperView(CasesView):
    """The application as PDF."""

    def index(self):
        """Send the file."""
        return send(service.get_paper(self.context, self.case()), self.request)
