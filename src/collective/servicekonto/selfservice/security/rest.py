"""One's own means, sessions and history, through plone.restapi.

Passkeys are written as browsers write them: PublicKeyCredentialCreationOptionsJSON,
RegistrationResponseJSON and their like (W3C Web Authentication, level 3).
"""

from collective.servicekonto import _
from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.login import WrongPassword
from collective.servicekonto.accounts.passkeys import PasskeyRefused
from collective.servicekonto.accounts.passkeys import PasskeysImpossible
from collective.servicekonto.accounts.rest import own_session
from collective.servicekonto.accounts.rest import Paused
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.identity.means import MeansRefused
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import json_object
from collective.servicekonto.portal.rest import LinkRefused
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.selfservice.security import service
from collective.servicekonto.store.tokens import TokenRefused
from datetime import datetime
from datetime import UTC
from typing import Any
import json


class SecurityService(PortalService):
    """Refuses in the same words whatever is asked of means and sessions.

    Subclasses implement ``act``.
    """

    def answer(self):
        """Return what ``act`` returns, or say why not."""
        try:
            return self.act()
        except service.LabelRefused as refused:
            raise Incorrect({"label": refused.message}) from None
        except WrongPassword as refused:
            raise Incorrect({"password": refused.message}) from None
        except TooManyAttempts as refused:
            raise Paused(self.request, refused) from None
        except PasskeysImpossible as refused:
            raise Refused(409, "PasskeysImpossible", refused.message) from None
        except PasskeyRefused as refused:
            raise Refused(400, "PasskeyRefused", refused.message) from None
        except MeansRefused:
            message = _("Please confirm with a passkey first.")
            raise Refused(403, "LevelTooLow", message) from None
        except (means.MeansUnknown, service.SessionUnknown):
            message = _("There is nothing with this id.")
            raise Refused(404, "Unknown", message) from None

    def act(self) -> dict[str, Any]:
        """Do it and return the answer."""
        raise NotImplementedError

    @property
    def account(self):
        """The citizen's own account. Raises Unauthorized."""
        return query_account(own_session().account_id)

    def text(self, name: str) -> str:
        """Return an entry of the body, empty where it was not sent."""
        return self.sent().get(name, "")

    def credential(self) -> str:
        """Return what the browser answered. Raises Incorrect."""
        sent = json_object(self.request).get("credential")
        if not isinstance(sent, dict):
            raise Incorrect({"credential": _("This entry must be an object.")})
        return json.dumps(sent)

    def going_on(self, ticket) -> dict[str, str]:
        """Return the token of the session that goes on with a new id."""
        return {"token": bearer.encode(ticket)}

    def say(self, message) -> dict[str, str]:
        """Return a message for people."""
        return {"message": self.translate(message)}


class Means(SecurityService):
    """GET @servicekonto-means: with what the citizen logs in."""

    def act(self):
        """Return the list, the password first."""
        session, account = own_session(), self.account
        last_used = means.last_uses(account)
        return {
            "@id": link(get_portal(), "@servicekonto-means"),
            "session_level": session.level.value,
            "passkeys_possible": passkeys.are_possible(),
            "items": [
                {
                    "id": one.id,
                    "kind": one.kind.value,
                    "level": one.kind.level.value,
                    "label": one.label,
                    "registered": _time(one.registered),
                    "confirmed": one.confirmed,
                    "blocked": _time(one.blocked),
                    "last_used": _time(last_used.get(one.id, 0)),
                }
                for one in means.all_of(account)
            ],
        }


class BeginPasskey(SecurityService):
    """POST @servicekonto-passkey-begin: what the browser needs to make one."""

    texts = ("password",)

    def act(self):
        """Return the options, after the password once more."""
        session, password = own_session(), self.text("password")
        return service.begin_adding(self.request, session, password, now())


class AddPasskey(SecurityService):
    """POST @servicekonto-passkey-add: the browser made one."""

    texts = ("label",)

    def act(self):
        """Answer 201 with the options for its first use, which confirms it."""
        session, label = own_session(), self.text("label")
        options = service.add(session, label, self.credential(), now())
        return self.accepted(201, options)


class AskForPasskey(SecurityService):
    """POST @servicekonto-passkey-ask: what the browser needs to use one.

    With the ``id`` of a blocked passkey it is asked for that one, to unblock it.
    """

    texts = ("id",)

    def act(self):
        """Return the options."""
        session, passkey_id = own_session(), self.text("id")
        if passkey_id:
            return service.begin_unblocking(session, passkey_id, now())
        return service.begin_using(session, now())


class UsePasskey(SecurityService):
    """POST @servicekonto-passkey-use: the browser used one; the session is lifted."""

    def act(self):
        """Return the token of the session, which has a new id."""
        session, credential = own_session(), self.credential()
        return self.going_on(service.use(self.request, session, credential, now()))


class BlockPasskey(SecurityService):
    """POST @servicekonto-passkey-block: nobody can log in with it any more."""

    texts = ("id",)

    def act(self):
        """Return the token of the session; all others ended."""
        session, passkey_id = own_session(), self.text("id")
        return self.going_on(service.block(self.request, session, passkey_id, now()))


class UnblockPasskey(SecurityService):
    """POST @servicekonto-passkey-unblock: it was presented and counts again."""

    texts = ("id",)

    def act(self):
        """Say that it is done."""
        session, passkey_id = own_session(), self.text("id")
        service.unblock(session, passkey_id, self.credential(), now())
        return self.say(_("The passkey can be used again."))


class RemovePasskey(SecurityService):
    """POST @servicekonto-passkey-remove: for good, or a mail where it is lost."""

    texts = ("id",)

    def act(self):
        """Return the token of the session, or 202 where a link is mailed."""
        session, passkey_id = own_session(), self.text("id")
        if service.may_be_removed(session, passkey_id):
            return self.going_on(
                service.remove(self.request, session, passkey_id, now())
            )
        service.request_removal(session, passkey_id, now())
        message = _("We are sending you an e-mail with a link.")
        return self.accepted(202, self.say(message))


class RemoveLostPasskey(SecurityService):
    """POST @servicekonto-passkey-lost: the link of the mail, and the password."""

    texts = ("token", "password")

    def act(self):
        """Say that it is removed, or answer 410."""
        token, password = self.text("token"), self.text("password")
        try:
            service.remove_lost(self.request, token, password, now())
        except TokenRefused as refused:
            message = _("Only the link in the newest mail works, and only once.")
            raise LinkRefused(refused, message) from None
        return self.say(
            _("You were logged out everywhere. Please log in with your password.")
        )


class Sessions(SecurityService):
    """GET @servicekonto-sessions: where the citizen is logged in."""

    def act(self):
        """Return the list, the present session first."""
        return {
            "@id": link(get_portal(), "@servicekonto-sessions"),
            "items": [
                {
                    "id": one.id,
                    "browser": one.client.browser,
                    "system": one.client.system,
                    "started": _time(one.started),
                    "last_active": _time(one.last_active or 0),
                    "present": one.is_present,
                }
                for one in service.open_sessions(own_session(), now())
            ],
        }


class EndOthers(SecurityService):
    """DELETE @servicekonto-sessions: end all sessions but the present one."""

    def act(self):
        """Return the token of the session that goes on."""
        return self.going_on(service.end_others(self.request, own_session(), now()))


class EndSession(SecurityService):
    """POST @servicekonto-session-end: end one other session."""

    texts = ("id",)

    def act(self):
        """Say that it is over."""
        service.end_session(own_session(), self.text("id"), now())
        return self.say(_("The device was logged out."))


class History(SecurityService):
    """GET @servicekonto-history: what happened in the last 90 days."""

    def act(self):
        """Return the events, the latest first."""
        return {
            "@id": link(get_portal(), "@servicekonto-history"),
            "items": [
                {
                    "event": one.event.value,
                    "at": _time(one.at),
                    "browser": one.client.browser,
                    "system": one.client.system,
                    "label": one.label,
                    "failed": one.failed,
                }
                for one in history.entries(self.account, now())
            ],
        }


class NotMe(SecurityService):
    """POST @servicekonto-not-me: end everything, and mail a link for a new password."""

    def act(self):
        """Say what to do next."""
        service.was_not_me(own_session(), now())
        return self.say(
            _(
                "The old password is not valid any more. We are sending you an e-mail "
                "with a link. With it you choose a new password. Please look in your "
                "spam folder, too."
            )
        )


def _time(seconds: int) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None
