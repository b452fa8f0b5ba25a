"""Sending a form: once, and either all of it or nothing."""

from collections.abc import Iterable
from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts.service import NotActive
from collective.servicekonto.dataaccess.service import LevelTooLow
from collective.servicekonto.offices.service import query_office
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.postbox import orders
from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.service import Brochure
from collective.servicekonto.services.applications.service import NewApplication
from collective.servicekonto.services.filling import actions
from collective.servicekonto.services.filling import drafts
from collective.servicekonto.services.filling import entries
from collective.servicekonto.services.filling import profile
from collective.servicekonto.services.filling.collecting import Collected
from collective.servicekonto.services.filling.collecting import data_of
from collective.servicekonto.services.filling.filling import Filling
from collective.servicekonto.services.filling.service import demanded
from collective.servicekonto.services.settings import Settings
from collective.servicekonto.services.statistics import service as statistics
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Wish:
    """What the citizen wants beside the application itself.

    ``email``   where the copy goes without an account, or empty
    ``mails_changes`` whether changes of the application are mailed there, too
    ``profile`` entries by attribute that are kept in the profile
    """

    email: str = ""
    mails_changes: bool = False
    profile: Mapping[str, Any] = field(default_factory=dict)


class Incomplete(ValueError):
    """Something has to be corrected first."""


class Changed(ValueError):
    """What would be sent is not what was seen; ``message`` tells the citizen."""

    message = _(
        "The form or your data have changed since you saw this page. Please check "
        "everything once more and then send it."
    )


_TOO_MANY = _(
    "You have sent very many applications within a day. Nothing was sent now, and your "
    "entries are kept as a draft. Please send it tomorrow."
)

# Why ``send`` may refuse, so that nothing may be committed.
REFUSALS = (
    actions.ActionFailed,
    applications.TooManyApplications,
    NotActive,
    LevelTooLow,
)


def version(filling: Filling, settings: Settings, collected: Collected) -> str:
    """Return what tells what is shown from anything that would be sent instead of it."""
    office = query_office(settings.office_id)
    name = "" if office is None else office.title
    files = sorted(one.id for one in collected.files.values())
    facts = [name, settings.purpose, settings.legal_basis]
    return entries.version([filling.model, collected.version, *facts, *files])


def demand_seen(seen: str, version: str, collected: Collected) -> None:
    """Raise Incomplete, or Changed unless just this version was seen."""
    if collected.problems:
        raise Incomplete
    if seen != version:
        raise Changed


def why(refused: Exception) -> Any:
    """Return what the citizen is told of one of the refusals."""
    if isinstance(refused, actions.ActionFailed):
        return actions.FAILED
    if isinstance(refused, applications.TooManyApplications):
        return _TOO_MANY
    return Changed.message


def problems(refused: Exception) -> dict[str, Any]:
    """Return the messages by field that a refusal brings."""
    found = getattr(refused, "problems", {})
    return dict(found)


def send(
    filling: Filling,
    settings: Settings,
    collected: Collected,
    wish: Wish,
    now: datetime,
) -> str:
    """Send the form, unless it was sent already; return the id of the application.

    However often it is sent, there is one application: of two requests at the same
    time the database refuses one, which is tried again and finds what the other one
    sent. Raises one of REFUSALS, or whatever else applications.submit raises: then
    nothing may be committed.
    """
    owner, key = filling.applicant.owner, filling.draft.key

    def submit() -> Iterable[str]:
        return [_submit(filling, settings, collected, wish, now)]

    [application_id] = orders.once(owner, key, _fingerprint(filling), now, submit)
    return application_id


def sent(owner: str, key: str, now: datetime) -> Any | None:
    """Return the application that was sent with the key of a draft, or None."""
    ids = orders.sent(owner, key, now) if owner and key else ()
    return applications.query(ids[0]) if ids else None


def _fingerprint(filling: Filling) -> str:
    # The key stands for the draft, whatever is in it.
    return orders.fingerprint([filling.service.UID()])


def _submit(
    filling: Filling,
    settings: Settings,
    collected: Collected,
    wish: Wish,
    now: datetime,
) -> str:
    applicant = filling.applicant
    if applicant.account is not None:
        applications.demand_room(applicant.account, now)
    data = data_of(filling, collected)
    application = applications.submit(_new(filling, settings, collected, wish), now)
    if wish.profile:
        profile.keep(filling, wish.profile, now)
    actions.run(filling, data)
    drafts.discard(applicant.owner, filling.service.UID())
    statistics.note_sent(filling.service.UID(), now)
    found: str = application.id
    return found


def _new(
    filling: Filling, settings: Settings, collected: Collected, wish: Wish
) -> NewApplication:
    applicant = filling.applicant
    office = query_office(settings.office_id)
    return NewApplication(
        service_uid=filling.service.UID(),
        service_title=filling.service.title,
        office_uid=settings.office_id,
        office_name=get_portal().title if office is None else office.title,
        account=applicant.account,
        session=applicant.session,
        email=wish.email,
        mails_changes=wish.mails_changes,
        level=demanded(settings, filling.draft).required_level,
        answers=collected.answers,
        files=tuple(collected.files.items()),
        attributes=collected.attributes,
        purpose=settings.purpose,
        legal_basis=settings.legal_basis,
        retentions=settings.retentions,
        decision_days=settings.decision_days,
        takes_documents=settings.allows_uploads_later,
        brochures=tuple(map(_brochure, settings.brochures)),
        language=filling.language,
    )


def _brochure(content: Any) -> Brochure:
    file = content.file
    return Brochure(file.filename or content.getId(), file.contentType, file.data)
