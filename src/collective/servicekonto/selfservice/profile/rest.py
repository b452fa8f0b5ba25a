"""The profile through plone.restapi."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts.pas import current_session
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.portal.rest import json_object
from collective.servicekonto.portal.rest import PortalService
from collective.servicekonto.portal.rest import Refused
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import link
from collective.servicekonto.selfservice.profile import service
from collective.servicekonto.selfservice.profile.questions import Asked
from collective.servicekonto.selfservice.profile.questions import Group
from collective.servicekonto.selfservice.profile.questions import Kind
from collective.servicekonto.selfservice.profile.questions import Question
from collective.servicekonto.selfservice.profile.questions import Rows
from datetime import datetime
from datetime import UTC
from typing import Any
from zExceptions import Unauthorized


NOT_AS_ASKED = _("This entry does not have the form of its question.")


class ProfileService(PortalService):
    """What both services need: the account, and the profile as JSON."""

    def answer(self):
        """Return the profile of the citizen whose session it is."""
        session = current_session()
        if session is None:
            raise Unauthorized
        self.account = query_account(session.account_id)
        self.change()
        return self._profile()

    def change(self) -> None:
        """Reading changes nothing."""

    def _profile(self) -> dict[str, Any]:
        answers = service.profile(self.account)
        return {
            "@id": link(get_portal(), "@servicekonto-profile"),
            "attributes": [self._attribute(answer) for answer in answers.values()],
            "former": [
                {"name": each.name, "title": self.translate(each.title)}
                | _known(each.attribute)
                for each in service.former(self.account, answers)
            ],
        }

    def _attribute(self, answer: service.Answer) -> dict[str, Any]:
        return (
            self._asked(answer.asked)
            | _known(answer.attribute)
            | {
                "entry": answer.entry,
                "version": answer.version,
                "locked": answer.locked,
            }
        )

    def _asked(self, asked: Asked) -> dict[str, Any]:
        described = {"name": asked.name, "title": self.translate(asked.title)}
        if isinstance(asked, Rows):
            columns = [self._asked(each) for each in asked.columns]
            return described | {"kind": "rows", "columns": columns}
        if isinstance(asked, Group):
            parts = [self._asked(each) for each in asked.parts]
            return described | {"kind": "group", "parts": parts}
        return described | self._question(asked)

    def _question(self, question: Question) -> dict[str, Any]:
        if question.is_country:
            # Programs know the codes, and the list would be long.
            return {"kind": "country"}
        options = [
            {"value": option, "title": self.translate(title)}
            for option, title in question.options.items()
        ]
        return {"kind": question.kind.value} | ({"options": options} if options else {})


class GetProfile(ProfileService):
    """GET @servicekonto-profile: every attribute with its level and source."""


class PatchProfile(ProfileService):
    """PATCH @servicekonto-profile: keep the entries that are sent."""

    def change(self) -> None:
        """Save; answer 400 for wrong entries and 409 for what cannot be changed."""
        entries, seen = self._sent_entries()
        try:
            service.save(self.account, entries, seen, now())
        except service.Incorrect as incorrect:
            raise Incorrect(incorrect.problems) from None
        except service.ChangedElsewhere as changed:
            message = _("These details were changed elsewhere. Nothing is saved.")
            raise Refused(
                409, "ChangedElsewhere", message, conflicts=self._present(changed.names)
            ) from None
        except service.Locked as locked:
            message = _("This was confirmed by the Online-Ausweis. Nothing is saved.")
            raise Refused(409, "AttributeLocked", message, names=locked.names) from None

    def _sent_entries(self) -> tuple[dict[str, Any], dict[str, str]]:
        sent = json_object(self.request).get("attributes", {})
        if not isinstance(sent, dict):
            raise Incorrect({"attributes": NOT_AS_ASKED})
        asked = {name: each.asked for name, each in self._answers().items()}
        problems = {
            name: NOT_AS_ASKED
            for name, change in sent.items()
            if not _is_change(change, asked.get(name))
        }
        if problems:
            raise Incorrect(problems)
        entries = {name: change["entry"] for name, change in sent.items()}
        seen = {name: change.get("version", "") for name, change in sent.items()}
        return entries, seen

    def _present(self, names: list[str]) -> list[dict[str, Any]]:
        answers = self._answers()
        return [
            {
                "name": name,
                "entry": answers[name].entry,
                "version": answers[name].version,
            }
            for name in names
        ]

    def _answers(self) -> dict[str, service.Answer]:
        return service.profile(self.account)


def _known(attribute: Any) -> dict[str, Any]:
    if attribute is None:
        return {"value": None, "level": None, "source": None, "since": None}
    return {
        "value": attribute.value,
        "level": attribute.level.value,
        "source": attribute.source.value,
        "since": datetime.fromtimestamp(attribute.since, UTC).isoformat(),
    }


def _is_change(change: Any, asked: Asked | None) -> bool:
    if not isinstance(change, dict) or "entry" not in change:
        return False
    if not isinstance(change.get("version", ""), str):
        return False
    entry = change["entry"]
    if isinstance(asked, Rows):
        return isinstance(entry, list) and all(
            _are_entries(each, asked.columns) for each in entry
        )
    if isinstance(asked, Group):
        return _are_entries(entry, asked.parts)
    return asked is None or _is_entry(entry, asked)


def _are_entries(entries: Any, questions: tuple[Question, ...]) -> bool:
    asked: Mapping[str, Question] = {each.name: each for each in questions}
    return isinstance(entries, dict) and all(
        name in asked and _is_entry(entry, asked[name])
        for name, entry in entries.items()
    )


def _is_entry(entry: Any, question: Question) -> bool:
    if question.kind is Kind.CHOICES:
        return isinstance(entry, list) and all(isinstance(each, str) for each in entry)
    return isinstance(entry, str)
