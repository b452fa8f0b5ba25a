"""What means, sessions and history contribute to export and deletion."""

from collective.servicekonto import _
from collective.servicekonto.accounts import cards
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.interfaces import IPersonalData
from collective.servicekonto.clock import now
from datetime import date
from plone import api
from zope.interface import implementer


class WithoutWarnings:
    """Nothing can be open or unread."""

    def warnings(self, account) -> tuple:
        """There is nothing to warn of."""
        return ()


class WithoutFiles(WithoutWarnings):
    """Keeps no files of the citizen, and nothing that waits for them."""

    def files(self, account) -> tuple:
        """There are none."""
        return ()


@implementer(IPersonalData)
class AccountData(WithoutFiles):
    """The account itself. It goes when everything that belongs to it has gone."""

    def contents(self, account) -> list:
        """Say that there is an account."""
        return [_("Your account, with your e-mail address")]

    def data(self, account) -> dict:
        """Return since when there is an account, and what was confirmed."""
        return {
            "registered": account.registered,
            "language": account.language,
            "workflow_state": api.content.get_state(account),
            "last_login": _day(account.last_login_day),
            "confirmed": [
                {"declaration": name, "version": int(version), "at": at}
                for reference, at in account.confirmed
                for name, version in [reference.split(":")]
            ],
        }

    def erase(self, account) -> None:
        """The account is removed by accounts.service.remove_account itself."""


@implementer(IPersonalData)
class AttributesData(WithoutFiles):
    """What is known about the citizen."""

    def contents(self, account) -> list:
        """Say that there are details."""
        return [_("All your details")]

    def data(self, account) -> dict[str, dict]:
        """Return value, level, source and time of each attribute, by its name."""
        return {
            name: {
                "value": one.value,
                "level": one.level.value,
                "source": one.source.value,
                "since": one.since,
            }
            for name, one in attributes(account).items()
        }

    def erase(self, account) -> None:
        """The attributes are part of the account."""


@implementer(IPersonalData)
class MeansData(WithoutFiles):
    """The means to log in. The export says that they exist and holds no key."""

    def contents(self, account) -> list:
        """Say with what the citizen logs in."""
        number = len(means.passkeys(account))
        texts = [_("Your password")]
        if number:
            texts.append(_("Your passkeys: ${number}", mapping={"number": number}))
        if cards.query_card(account) is not None:
            texts.append(_("Your Online-Ausweis as a means to log in"))
        return texts

    def data(self, account) -> list[dict]:
        """Return kind, level and times of each means."""
        last_used = means.last_uses(account)
        return [
            {
                "kind": one.kind.value,
                "level": one.kind.level.value,
                "label": one.label,
                "registered": one.registered,
                "confirmed": one.confirmed,
                "blocked": one.blocked,
                "last_used": last_used.get(one.id, 0),
            }
            for one in means.all_of(account)
        ]

    def erase(self, account) -> None:
        """Forget the passkeys and the card."""
        cards.erase(account)
        account.pending_card = ""
        account.passkeys = ()
        account.user_handle = b""


@implementer(IPersonalData)
class SessionsData(WithoutFiles):
    """Where the citizen is logged in."""

    def contents(self, account) -> list:
        """Say that all sessions end."""
        return [_("Wherever you are logged in, you are logged out.")]

    def data(self, account) -> list[dict]:
        """Return browser, log-ins and times of each session, without its key."""
        return [
            {
                "browser": record.client.browser,
                "system": record.client.system,
                "log_ins": [one._asdict() for one in record.log_ins],
            }
            for _key, record in sessions.all_of(account, now())
        ]

    def erase(self, account) -> None:
        """End all sessions."""
        sessions.end_all(account)


@implementer(IPersonalData)
class HistoryData(WithoutFiles):
    """What happened in the last 90 days."""

    def contents(self, account) -> list:
        """Say that there is a list."""
        return [_("The list of your log-ins in the last 90 days")]

    def data(self, account) -> list[dict]:
        """Return the events, the latest first."""
        return [
            {
                "event": one.event.value,
                "at": one.at,
                "browser": one.client.browser,
                "system": one.client.system,
                "label": one.label,
                "failed": one.failed,
            }
            for one in history.entries(account, now())
        ]

    def erase(self, account) -> None:
        """Forget it."""
        history.erase(account)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat() if ordinal else ""
