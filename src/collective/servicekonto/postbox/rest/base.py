"""What the REST services of the Postfach have in common."""

from collective.servicekonto import _
from collective.servicekonto.accounts.rest import own_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen.words import too_many_answers
from collective.servicekonto.postbox.daily import TooManyAnswers
from collective.servicekonto.postbox.rules import MoveRefused
from datetime import date
from datetime import datetime
from enum import Enum
from typing import Any
from typing import TypeVar
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


Word = TypeVar("Word", bound=Enum)


class Nothing(Refused):
    """Nothing is there with this id, or not any more."""

    def __init__(self) -> None:
        super().__init__(404, "Unknown", _("There is no such message (any more)."))


@implementer(IPublishTraverse)
class PathService(PortalService):
    """A service behind whose name the address goes on, with an id for example."""

    def __init__(self, context, request) -> None:
        super().__init__(context, request)
        self.path: list[str] = []

    def publishTraverse(self, _request, name: str):
        """Take the next part of the address."""
        self.path.append(name)
        return self

    def parts(self, number: int) -> list[str]:
        """Return what follows the name. Raises Nothing unless it is so many parts."""
        if len(self.path) != number:
            raise Nothing
        return self.path


class OwnPostbox(PathService):
    """A service about the Postfach of the citizen whose session it is.

    Subclasses implement ``act``.
    """

    @property
    def session(self) -> Session:
        """The citizen's session. Raises Unauthorized."""
        return own_session()

    @property
    def account(self) -> Any:
        """The citizen's own account. Raises Unauthorized."""
        return query_account(self.session.account_id)

    @property
    def named(self) -> Any:
        """The message that the address names. Raises Nothing or NoMessage."""
        return service.get_message(self.account, self.parts(1)[0])

    def answer(self):
        """Act, or say why not."""
        try:
            return self.act()
        except service.NoMessage:
            raise Nothing from None
        except service.Locked as refused:
            raise Refused(
                403,
                "LevelTooLow",
                _("This message needs a log-in with a higher trust level."),
                required_level=refused.required.value,
                level=self.session.level.value,
            ) from None
        except service.NotOpened:
            message = _("Please open the message first.")
            raise Refused(409, "NotOpened", message) from None
        except service.NoReply:
            message = _("This message cannot be answered (any more).")
            raise Refused(409, "NoReply", message) from None
        except TooManyAnswers as refused:
            self.request.response.setHeader("Retry-After", str(refused.seconds))
            message = too_many_answers(refused)
            raise Refused(429, "TooManyAnswers", message) from None
        except MoveRefused:
            message = _("This is not possible with the message as it is now.")
            raise Refused(409, "NotPossible", message) from None


def word(words: type[Word], name: str, text: Any, default: Word) -> Word:
    """Return the word of this value. Raises Incorrect for any other."""
    if text in (None, ""):
        return default
    try:
        return words(text)
    except ValueError:
        possible = ", ".join(str(one.value) for one in words)
        message = _("Possible are: ${words}.", mapping={"words": possible})
        raise Incorrect({name: message}) from None


def day(name: str, text: Any) -> date | None:
    """Return the day, None for no text. Raises Incorrect."""
    if text in (None, ""):
        return None
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise Incorrect({name: _("Please enter a day as 2026-03-31.")}) from None


def moment(name: str, text: Any) -> datetime | None:
    """Return the moment, None for no text. Raises Incorrect."""
    if text in (None, ""):
        return None
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        found = None
    if found is None or found.tzinfo is None:
        message = _("Please enter a moment as 2026-03-31T08:00:00+02:00.")
        raise Incorrect({name: message})
    return found
