"""The upgrade, and confirming with the card, through plone.restapi.

A program shows its user the same as the pages do. It lets the eID-Client fetch the TC
token, follows the refresh address with its own session, or sends the secret of that
address (@servicekonto-eid-take).
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.cards import CardUnknown
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.login import WrongPassword
from collective.servicekonto.accounts.rest import own_session
from collective.servicekonto.accounts.rest import Paused
from collective.servicekonto.accounts.service import is_plus
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.accounts.views import FIRST_PAGE
from collective.servicekonto.clock import now
from collective.servicekonto.eid import service as eid
from collective.servicekonto.eid import sessions
from collective.servicekonto.eid.card import service as card
from collective.servicekonto.eid.port import EIDProblem
from collective.servicekonto.eid.port import NotReady
from collective.servicekonto.eid.rules import Refused as CardRefused
from collective.servicekonto.eid.sessions import NotYours
from collective.servicekonto.eid.tc_token import desktop_link
from collective.servicekonto.eid.upgrade import service as upgrade
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.changes import to_confirm
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.store.tokens import TokenRefused
from typing import Any


class CardService(PortalService):
    """Refuses in the same words whatever is done with a card.

    Subclasses implement ``act``. Where the account is unchanged, what the citizen is
    told is in ``message``; ``problem`` names it to programs.
    """

    def answer(self):
        """Return what ``act`` returns, or say why not."""
        try:
            return self.act()
        except WrongPassword as refused:
            raise Incorrect({"password": refused.message}) from None
        except TooManyAttempts as refused:
            raise Paused(self.request, refused) from None
        except (MeansRefused, CardUnknown):
            message = _("This is not possible with the means of your Servicekonto.")
            raise Refused(403, "LevelTooLow", message) from None
        except (NotYours, TokenRefused, upgrade.NothingRead):
            message = _("No card was read here, or the five minutes are over.")
            raise Refused(410, "NothingRead", message) from None
        except upgrade.ChangedMeanwhile:
            message = _(
                "Your account was changed in the meantime. Please look at everything "
                "once more."
            )
            raise Refused(409, "Changed", message) from None

    def act(self) -> dict[str, Any]:
        """Do it and return the answer."""
        raise NotImplementedError

    @property
    def account(self):
        """The citizen's own account. Raises Unauthorized."""
        return query_account(own_session().account_id)

    def failed(self, problem) -> dict[str, Any]:
        """Say what ended the reading of the card; what was noted about it stays."""
        name = type(problem).__name__
        message = self.translate(problem.message)
        return self.accepted(
            409, {"type": "CardNotRead", "problem": name, "message": message}
        )


class State(CardService):
    """GET @servicekonto-eid: whether cards are read, and what was read."""

    def act(self):
        """Return the state; after a reading also card and account side by side."""
        session, account = own_session(), self.account
        answer = {
            "@id": link(get_portal(), "@servicekonto-eid"),
            "possible": eid.is_possible(),
            "plus": is_plus(account),
            "session_level": session.level.value,
            "state": "nothing",
        }
        one = upgrade.query_reading(session, now())
        if one is not None:
            return answer | {"state": "read"} | _read(account, upgrade.proofs(one))
        if sessions.is_waiting(account.id, session.key, now()):
            return answer | {"state": "waiting"}
        return answer


class Begin(CardService):
    """POST @servicekonto-eid-begin: open a session for one reading of the card.

    With the password it is the upgrade, without it the confirmation of the session.
    """

    texts = ("password",)

    def act(self):
        """Return where the eID-Client fetches the TC token."""
        session, password = own_session(), self.sent().get("password")
        try:
            if password is None:
                address = card.begin_confirming(
                    self.request, session, FIRST_PAGE, now()
                )
            else:
                address = upgrade.begin(
                    self.request, session, password, FIRST_PAGE, now()
                )
        except EIDProblem as problem:
            return self.failed(problem)
        answer = {"tc_token": address, "desktop": desktop_link(address)}
        return self.accepted(201, answer)


class Take(CardService):
    """POST @servicekonto-eid-take: the eID-Client led back to the refresh address."""

    texts = ("secret", "minor")

    def act(self):
        """Take the result in the citizen's session."""
        own_session()
        return self.take()

    def take(self) -> dict[str, Any]:
        """Say that the card was read; 202 while it still is, 409 where it was not.

        There is a token where the session has a new id, or has just begun.
        """
        sent = self.sent()
        one = eid.returned(self.request, sent.get("secret", ""), now())
        try:
            received = eid.take(self.request, one, sent.get("minor", ""), now())
        except NotReady as waiting:
            return self.accepted(202, {"message": self.translate(waiting.message)})
        except (EIDProblem, CardRefused) as problem:
            return self.failed(problem)
        ticket = received.ticket
        return {} if ticket is None else {"token": bearer.encode(ticket)}


class Settle(CardService):
    """POST @servicekonto-eid-settle: the citizen confirmed what was read."""

    numbers = ("revision",)
    text_lists = ("keep",)

    def act(self):
        """Return the token of the session, which has the level of the card now."""
        session, sent = own_session(), self.sent()
        try:
            ticket, _page = upgrade.settle(
                self.request,
                session,
                sent.get("revision", -1),
                sent.get("keep", []),
                now(),
            )
        except CardRefused as refused:
            raise Refused(409, "CardNotRead", refused.message) from None
        return {"token": bearer.encode(ticket)}


class Cancel(CardService):
    """POST @servicekonto-eid-cancel: erase what was read."""

    def act(self):
        """Say that it is erased."""
        upgrade.give_up(own_session(), now())
        message = _(
            "What was read from your card is erased. Your Servicekonto is unchanged."
        )
        return {"message": self.translate(message)}


def _read(account: Any, read: dict[str, Attribute]) -> dict[str, Any]:
    known = attributes(account)
    return {
        "revision": account.revision,
        "card": {name: one.value for name, one in read.items()},
        "account": {name: known[name].value for name in read if name in known},
        "others": {name: known[name].value for name in sorted(to_confirm(known, read))},
    }
