"""What happens elsewhere and concerns applications."""

from collective.servicekonto.postbox.events import AnswerProvided
from collective.servicekonto.services.applications import service


def answered(event: AnswerProvided) -> None:
    """The citizen answered in the Postfach: the office need not wait any longer."""
    application = service.query_by_number(event.message.reference)
    if application is not None and application.account_id == event.account.id:
        service.answer(application, event.now)
