"""The page “Anmeldung und Sicherheit”: means, sessions, history."""

from collective.servicekonto import _
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import passkeys
from collective.servicekonto.accounts.cards import query_card
from collective.servicekonto.accounts.clients import client_of
from collective.servicekonto.accounts.cookies import expire_ticket
from collective.servicekonto.clock import now
from collective.servicekonto.identity.means import Kind
from collective.servicekonto.selfservice.own import OwnView
from collective.servicekonto.selfservice.security import service
from collective.servicekonto.selfservice.security import words
from itertools import islice
from plone import api
from plone.app.event.base import default_timezone


NOTICES = {
    "passkey-neu": _(
        "Your passkey works. From now on you confirm with it after the password."
    ),
    "bestaetigt": _("You have confirmed with your passkey."),
    "gesperrt": _(
        "The passkey is blocked. Nobody can use it any more. All other devices were "
        "logged out."
    ),
    "entsperrt": _("The passkey can be used again."),
    "entfernt": _("The passkey is removed. All other devices were logged out."),
    "ausweis-gesperrt": _(
        "The Online-Ausweis is blocked for your Servicekonto. All other devices were "
        "logged out."
    ),
    "ausweis-entsperrt": _("The Online-Ausweis can be used again."),
    "ausweis-entfernt": _(
        "The Online-Ausweis is removed. All other devices were logged out."
    ),
    "sitzung-beendet": _("The device was logged out."),
    "andere-abgemeldet": _("All other devices were logged out."),
}

# So many events are shown at once; the others unfold.
SHOWN_AT_ONCE = 10


class SecurityView(OwnView):
    """Womit, wo und wann: with what, where and when the citizen logs in."""

    label = _("Log-in and security")
    scripts: tuple[str, ...] = ("passkey.js",)

    @property
    def notice(self):
        """What was done just before."""
        return NOTICES.get(str(self.request.form.get("nach")))

    def means(self) -> list[dict]:
        """Return what the page shows of each means."""
        return [
            {
                "kind": words.KINDS[one.kind],
                "level": words.LEVELS[one.kind],
                "is_password": one.kind is Kind.PASSWORD,
                "is_card": one.kind is Kind.ONLINE_AUSWEIS,
                "id": one.id,
                "label": one.label,
                "is_new": not one.confirmed and one.kind is not Kind.ONLINE_AUSWEIS,
                "is_void": not one.confirmed and one.kind is Kind.ONLINE_AUSWEIS,
                "since": self._clock.date(one.registered),
                "blocked": one.blocked and self._clock.tell(one.blocked),
                "last_used": self._last_used(one.id),
            }
            for one in means.all_of(self.account)
        ]

    @property
    def level(self):
        """The level of the present session, in words."""
        return words.SESSION_LEVELS[self.session.level]

    @property
    def passkeys_are_possible(self) -> bool:
        """Tell whether browsers offer passkeys here."""
        return passkeys.are_possible()

    @property
    def may_confirm(self) -> bool:
        """Tell whether a passkey would lift the present session."""
        below = self.session.level < Kind.PASSKEY.level
        return below and self.passkeys_are_possible and self._has_passkey

    @property
    def has_card(self) -> bool:
        """Tell whether the Online-Ausweis is registered."""
        return query_card(self.account) is not None

    @property
    def may_confirm_with_card(self) -> bool:
        """Tell whether the Online-Ausweis would lift the present session."""
        card = query_card(self.account)
        below = self.session.level < Kind.ONLINE_AUSWEIS.level
        return card is not None and card.means.usable and below

    @property
    def all_are_blocked(self) -> bool:
        """Tell whether only a blocked passkey could confirm a new one."""
        blocked = any(one.blocked for one in means.passkeys(self.account))
        below = self.session.level < Kind.PASSKEY.level
        return blocked and below and not self._has_passkey

    @property
    def may_unblock(self) -> bool:
        """Tell whether the session has the level to unblock a passkey."""
        return self.session.level >= Kind.PASSKEY.level and self.passkeys_are_possible

    def sessions(self) -> list[dict]:
        """Return what the page shows of each session."""
        here = client_of(self.request)
        return [
            {
                "id": one.id,
                "is_present": one.is_present,
                "device": words.device(one.client),
                "place": words.place(one.client, here),
                "started": self._clock.tell(one.started),
                "last_active": one.last_active and self._clock.tell(one.last_active),
            }
            for one in service.open_sessions(self.session, now())
        ]

    def latest(self) -> list[dict]:
        """Return the events that are shown at once."""
        return [self._told(one) for one in islice(self._entries(), SHOWN_AT_ONCE)]

    def earlier(self) -> list[dict]:
        """Return the events that unfold."""
        return [self._told(one) for one in islice(self._entries(), SHOWN_AT_ONCE, None)]

    def _entries(self):
        return history.entries(self.account, now())

    def _told(self, entry: history.Entry) -> dict:
        return {
            "what": words.happened(entry),
            "when": self._clock.tell(entry.at),
            "device": words.device(entry.client),
            "place": words.place(entry.client, client_of(self.request)),
            "failures": words.failures(entry),
        }

    def _last_used(self, means_id: str):
        moment = means.last_uses(self.account).get(means_id, 0)
        return self._clock.tell(moment) if moment else None

    @property
    def _has_passkey(self) -> bool:
        return bool(means.usable_passkeys(self.account))

    @property
    def _clock(self) -> words.Clock:
        language = api.portal.get_current_language().partition("-")[0]
        zone = default_timezone(as_tzinfo=True)
        return words.Clock(now(), zone, language)


class EndSessionView(OwnView):
    """Logs one other device out, with a button of the page above."""

    def index(self):
        """Lead to the button."""
        return self.redirect("anmeldung")

    def act(self):
        """End the session, if it is still there."""
        try:
            session_id = str(self.request.form.get("sitzung") or "")
            service.end_session(self.session, session_id, now())
        except service.SessionUnknown:
            return self.redirect("anmeldung")
        return self.redirect("anmeldung?nach=sitzung-beendet")


class EndOthersView(OwnView):
    """Logs all other devices out, with a button of the page above."""

    def index(self):
        """Lead to the button."""
        return self.redirect("anmeldung")

    def act(self):
        """End all other sessions."""
        service.end_others(self.request, self.session, now())
        return self.redirect("anmeldung?nach=andere-abgemeldet")


class NotMeView(OwnView):
    """Explains what happens, and does it: logs out everywhere, begins a reset."""

    label = _("That was not me")
    scripts: tuple[str, ...] = ()

    def act(self):
        """End everything, and say how to get in again."""
        service.was_not_me(self.session, now())
        expire_ticket(self.request)
        return self.message(
            _("You are logged out everywhere"),
            _(
                "The old password is not valid any more. We are sending you an e-mail "
                "with a link. With it you choose a new password. Please look in your "
                "spam folder, too."
            ),
        )
