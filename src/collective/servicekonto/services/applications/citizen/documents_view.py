"""The page on which documents are added to an application."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.postbox import drafts
from collective.servicekonto.postbox import orders
from collective.servicekonto.postbox import uploads
from collective.servicekonto.postbox.citizen import words as postbox_words
from collective.servicekonto.postbox.citizen.file_form import FileForm
from collective.servicekonto.postbox.citizen.problems import Problem
from collective.servicekonto.postbox.citizen.problems import Problems
from collective.servicekonto.postbox.daily import TooManyAnswers
from collective.servicekonto.selfservice.own import account_of_ended_session
from collective.servicekonto.services.applications import service
from collective.servicekonto.services.applications.citizen.own import ApplicationPage
from collective.servicekonto.services.applications.citizen.view import DOCUMENTS
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
import secrets


SEND = "senden"

_SENT = _(
    "These documents were sent already, perhaps in another window. To send others, press "
    "“Send” once more."
)


class DocumentsView(FileForm, ApplicationPage):
    """Takes documents, and sends them once. Until then they are a draft."""

    label = _("Further documents")
    template = ViewPageTemplateFile("documents.pt")

    @property
    def draft_key(self) -> str:
        """The draft is one of the application."""
        return self.application.id

    def new_key(self) -> str:
        """Return what stands for these documents, however often they are sent."""
        return secrets.token_urlsafe(16)

    def is_queried(self) -> bool:
        """Tell whether the office waits for an answer."""
        return service.state(self.application) == service.State.QUERIED

    def show(self):
        """Return the form with the files that were uploaded before."""
        if not service.takes_documents(self.application):
            return self._too_late()
        return self.template()

    def act_on(self):
        """Send the documents, or keep them."""
        if self.text("was") != SEND:
            return self._keep()
        key = self.text("schluessel") or self.new_key()
        mark = orders.fingerprint(
            [self.application.id, uploads.mark(self.request.form), self.text("fassung")]
        )
        try:
            orders.once(self.account.id, key, mark, now(), self._add)
        except service.NoDocuments:
            return self._too_late()
        except orders.KeyReused:
            return self._show_problems((Problem(uploads.FILES, _SENT),))
        except TooManyAnswers as refused:
            text = postbox_words.too_many_answers(refused)
            return self._show_problems((Problem(uploads.FILES, text),))
        except Problems as found:
            return self._show_problems(found.problems)
        return self.to_application(DOCUMENTS)

    def keep_entries(self) -> None:
        """Keep the files of the citizen whose session has just run out.

        A session that is over had at least the lowest level of all sessions.
        """
        account = account_of_ended_session(self.request)
        if account is None:
            return
        self.account = account
        try:
            self.application = service.get_own(
                account, self.application_id, TrustLevel.LOW
            )
        except (service.NoApplication, service.Locked):
            return
        self._save_draft()

    def _add(self) -> list[str]:
        problems = list(self.refused())
        if not problems and not self.taken.attachments:
            problems = [Problem(uploads.FILES, _("Please choose a file."))]
        if problems:
            raise Problems(tuple(problems))
        service.add_documents(self.application, self.taken.attachments, now())
        drafts.discard(self.account.id, self.draft_key)
        return [self.application.id]

    def _keep(self):
        problems = tuple(self.refused())
        if problems:
            return self._show_problems(problems)
        self._save_draft()
        return self.redirect(self.way_back)

    def _show_problems(self, problems: tuple[Problem, ...]):
        """Return the form with what has to be corrected; the other files are kept."""
        self._save_draft()
        self.problems = problems
        return self.template()

    def _save_draft(self) -> None:
        files = self.taken.attachments
        if files:
            level = TrustLevel(self.application.level)
            drafts.save(self.account, self.draft_key, "", files, now(), level)
        else:
            drafts.discard(self.account.id, self.draft_key)

    def _too_late(self):
        return self.refuse(
            _("No documents can be added"),
            _(
                "The application is decided, or the service takes no further documents. "
                "Please ask the office."
            ),
            409,
        )
