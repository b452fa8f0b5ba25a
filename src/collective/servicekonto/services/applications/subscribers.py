"""What happens elsewhere and concerns applications."""

from collective.servicekonto.postbox.events import AnswerProvided
from collective.servicekonto.services.applications import service


def answered(event: AnswerProvided) -> None:
    """The citizen answered its office in the Postfach, which need not wait any longer.

    Another office can write the same reference, which is only a text.
    """
    message = event.message
    application = service.query_by_number(message.reference)
    if application is None or application.office != message.office:
        return
    if application.account_id == event.account.id:
        service.answer(application, event.now)
