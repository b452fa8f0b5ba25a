"""The door to the counter: the citizen asks with a code, the clerk confirms.

No clerk can alter an account at will: without a code of the citizen nothing is shown
and nothing is changed. Each function of the clerk checks that the user may confirm
identities at the office.
"""

from collections.abc import Collection
from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts import history
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.again import check_member_again
from collective.servicekonto.accounts.attributes import attributes
from collective.servicekonto.accounts.attributes import put
from collective.servicekonto.accounts.clients import UNKNOWN
from collective.servicekonto.accounts.events import IdentityConfirmed
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.accounts.throttle import Pauses
from collective.servicekonto.dataaccess.service import note
from collective.servicekonto.dataaccess.service import Recipient
from collective.servicekonto.eid.counter import cases
from collective.servicekonto.eid.counter import codes
from collective.servicekonto.eid.counter import letters
from collective.servicekonto.eid.counter import rules
from collective.servicekonto.eid.counter.cases import Case
from collective.servicekonto.eid.counter.codes import CodeRefused
from collective.servicekonto.eid.counter.rules import Document
from collective.servicekonto.eid.letters import in_words
from collective.servicekonto.eid.letters import tell
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.identity.changes import EMAIL
from collective.servicekonto.identity.changes import is_locked
from collective.servicekonto.identity.changes import MINIMUM_DATA
from collective.servicekonto.identity.changes import settle
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.means import maximal_level
from collective.servicekonto.offices.content import COUNTER_CLERK
from collective.servicekonto.offices.service import may
from collective.servicekonto.offices.service import offices
from collective.servicekonto.portal.settings import settings
from collective.servicekonto.postbox.desk import recipients
from dataclasses import dataclass
from datetime import datetime
from plone import api
from typing import Any
from zope.event import notify


PERMISSION = "collective.servicekonto: Confirm identities"

# What the citizen asked for, at the counter of the own accord.
LEGAL_BASIS = "§ 8 OZG, Art. 6 (1) a DSGVO"

FREE_MISSES = 5

_misses = Pauses(free=FREE_MISSES)


class NotYours(PermissionError):
    """The user may not confirm identities at this office."""


class TooManyCodes(PermissionError):
    """After several wrong codes the clerk has to wait."""


class ChangedMeanwhile(Exception):
    """The account was changed since the citizen asked for the confirmation."""


class Conflict(ValueError):
    """The Online-Ausweis proved something else; only a card changes that."""


class NoCase(LookupError):
    """Nothing waits under this name (any more)."""


class SameClerk(PermissionError):
    """A second clerk has to confirm it, not the same one."""


@dataclass(frozen=True)
class Visit:
    """A citizen at the counter, with what was entered.

    ``text`` is the e-mail address or account number, exactly as the citizen told it.
    """

    text: str
    code: str
    document: Document
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Comparison:
    """What would be changed.

    ``results`` are the attributes afterwards, None where one cannot be changed.
    """

    account: Any
    document: Document
    values: Mapping[str, Value]
    results: Mapping[str, Attribute | None]

    @property
    def is_possible(self) -> bool:
        """Tell whether nothing of it contradicts the Online-Ausweis."""
        return None not in self.results.values()


# The citizen's part.


def others(account: Any) -> set[str]:
    """Return the names of the details that no document at the counter proves.

    The citizen looks at them before there is a code (BSI TR-03160-1, chapter 5.1).
    What the Online-Ausweis proved was not planted, and stays.
    """
    return {
        name
        for name, attribute in attributes(account).items()
        if name not in MINIMUM_DATA and not is_locked(attribute)
    }


def ask(
    request: Any,
    session: Session,
    password: str,
    revision: int,
    kept: Collection[str],
    now: datetime,
) -> str:
    """Return a code, after the password once more; it is shown this one time.

    ``revision`` is that of the account when the citizen looked at it, ``kept`` names
    the other details that stay. Raises ChangedMeanwhile, WrongPassword or
    TooManyAttempts; nothing is changed then.
    """
    account: Any = accounts.query_account(session.account_id)
    if account.revision != revision:
        raise ChangedMeanwhile
    login.check_again(request, account, password, now)
    before = attributes(account)
    after = settle(before, others(account), {EMAIL, *kept})
    for name in before.keys() - after.keys():
        put(account, name, None)
    code = codes.issue(account, session.level, now)
    history.record(account, history.Event.COUNTER_CODE, session.record.client, now)
    tell(account, letters.code_made, now)
    return code


def is_asked(account: Any, now: datetime) -> bool:
    """Tell whether a code counts, or something waits for a second clerk."""
    has_code = codes.query_expiry(account, now) is not None
    return has_code or bool(cases.of_account(account.id))


def take_back(account: Any) -> None:
    """Let neither a code count any more nor what waits for a second clerk."""
    codes.withdraw(account)
    for key, _case in cases.of_account(account.id):
        cases.discard(key)
    audit.record("counter-withdrawn", account.id)


# The clerk's part.


def may_confirm(office: Any) -> bool:
    """Tell whether the present user may confirm identities at the office."""
    return may(COUNTER_CLERK, PERMISSION, office)


def own_counters() -> list[Any]:
    """Return the offices at which the present user may confirm identities."""
    return [one for one in offices() if may_confirm(one)]


def compare(office: Any, visit: Visit, now: datetime) -> Comparison:
    """Return what would be changed; the citizen finds that the office saw it.

    Raises NotYours, CodeRefused, also where there is no such account, TooManyCodes,
    Mistyped or TooManyLookups.
    """
    account, level = _find(office, visit, now)
    found = _compared(account, visit.document, visit.values, level, now)
    seen = {
        name: one.level
        for name, one in attributes(account).items()
        if name in found.results
    }
    _note(account, office.title, _("Comparison at the counter"), level, seen, now)
    _record("counter-compared", office, account)
    return found


def confirm(
    request: Any, office: Any, visit: Visit, password: str, now: datetime
) -> bool:
    """Confirm it; return False where a second clerk has to confirm it, too.

    The code is used up. Raises what compare raises, Conflict, WrongPassword or
    TooManyAttempts; nothing is changed then.
    """
    account, level = _find(office, visit, now)
    _demand_possible(_compared(account, visit.document, visit.values, level, now))
    check_member_again(request, password, now)
    accounts.demand_active(account)
    codes.use(account, visit.code, now)
    if settings().counter_four_eyes:
        case = Case(
            account.id,
            visit.document,
            visit.values,
            level,
            codes.state_of(account),
            _clerk(),
            int(now.timestamp()),
        )
        cases.add(office.UID(), case)
        _record("counter-waiting", office, account)
        return False
    _take_over(office, account, visit.document, visit.values, level, now)
    _record("counter-confirmed", office, account)
    return True


def waiting(office: Any, now: datetime) -> list[tuple[str, Case]]:
    """Return id and case of what waits for a second clerk. Raises NotYours."""
    _demand(office)
    return list(cases.of_office(office.UID(), now))


def is_own(case: Case) -> bool:
    """Tell whether the present user is the first clerk."""
    return case.clerk == _clerk()


def get_case(office: Any, case_id: str, now: datetime) -> Comparison:
    """Return what would be changed when a second clerk confirms it.

    Raises NotYours or NoCase, and ChangedMeanwhile where it cannot be confirmed.
    """
    case, account = _get(office, case_id, now)
    _record("counter-seen", office, account)
    return _compared(account, case.document, case.values, case.level, now)


def agree(
    request: Any, office: Any, case_id: str, password: str, now: datetime
) -> None:
    """Confirm as the second clerk what the first one took from the document.

    Raises what get_case raises, SameClerk, Conflict, WrongPassword or TooManyAttempts;
    nothing is changed then.
    """
    case, account = _get(office, case_id, now)
    if is_own(case):
        raise SameClerk
    _demand_possible(_compared(account, case.document, case.values, case.level, now))
    check_member_again(request, password, now)
    accounts.demand_active(account)
    cases.end(office.UID(), case_id)
    _take_over(office, account, case.document, case.values, case.level, now)
    _record("counter-confirmed", office, account)


def reject(office: Any, case_id: str, now: datetime) -> None:
    """Erase what waits; the account stays as it is. Raises NotYours or NoCase."""
    _demand(office)
    case = cases.query(office.UID(), case_id, now)
    if case is None:
        raise NoCase
    cases.end(office.UID(), case_id)
    audit.record_for_office("counter-rejected", office.UID(), _clerk(), case.account_id)


def _demand(office: Any) -> None:
    if not may_confirm(office):
        raise NotYours


def _find(office: Any, visit: Visit, now: datetime) -> tuple[Any, TrustLevel]:
    _demand(office)
    if _misses.begin(_clerk(), now):
        raise TooManyCodes
    account = _told(office, visit, now)
    try:
        level = codes.check(account, visit.code, now)
    except CodeRefused:
        _record("counter-code-refused", office, account)
        raise
    _misses.take_back(_clerk(), now)
    return account, level


def _told(office: Any, visit: Visit, now: datetime) -> Any:
    try:
        return recipients.find(office.UID(), _clerk(), visit.text, now)
    except recipients.Mistyped:
        _misses.take_back(_clerk(), now)
        raise
    except recipients.NoRecipient:
        # Who has no code learns nothing of accounts.
        raise CodeRefused from None


def _get(office: Any, case_id: str, now: datetime) -> tuple[Case, Any]:
    _demand(office)
    case = cases.query(office.UID(), case_id, now)
    account = None if case is None else accounts.query_account(case.account_id)
    if case is None or account is None or not accounts.is_active(account):
        raise NoCase
    if case.state != codes.state_of(account):
        raise ChangedMeanwhile
    return case, account


def _compared(
    account: Any,
    document: Document,
    values: Mapping[str, Value],
    level: TrustLevel,
    now: datetime,
) -> Comparison:
    read = rules.proofs(document, values, int(now.timestamp()))
    maximal = maximal_level(means.all_of(account))
    found = rules.results(attributes(account), read, level, maximal)
    return Comparison(account, document, values, found)


def _demand_possible(found: Comparison) -> None:
    if not found.is_possible:
        raise Conflict


def _take_over(
    office: Any,
    account: Any,
    document: Document,
    values: Mapping[str, Value],
    level: TrustLevel,
    now: datetime,
) -> None:
    found = _compared(account, document, values, level, now).results
    before = attributes(account)
    for name, new in found.items():
        if new != before.get(name):
            put(account, name, new)
    levels = {name: new.level for name, new in found.items() if new is not None}
    purpose = _("Read from your document at the counter")
    _note(account, office.title, purpose, level, levels, now)
    history.record(account, history.Event.IDENTITY_CONFIRMED, UNKNOWN, now)
    tell(account, letters.confirmed, now)
    notify(IdentityConfirmed(account))


def _note(
    account: Any,
    office: str,
    purpose: Any,
    level: TrustLevel,
    levels: Mapping[str, TrustLevel],
    now: datetime,
) -> None:
    recipient = Recipient(office, in_words(purpose, account), LEGAL_BASIS)
    note(account, recipient, level, levels, now)


def _record(event: str, office: Any, account: Any) -> None:
    audit.record_for_office(event, office.UID(), _clerk(), account.id)


def _clerk() -> str:
    return str(api.user.get_current().getId())
