"""The door to registering: kind, account, form, review, activation."""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts import service as accounts
from collective.servicekonto.accounts.cards import CardTaken
from collective.servicekonto.accounts.mailing import may_mail
from collective.servicekonto.accounts.new_password import check_new_password
from collective.servicekonto.accounts.onward import onward
from collective.servicekonto.accounts.onward import wanted_page
from collective.servicekonto.accounts.passwords import hash_password
from collective.servicekonto.identity.attributes import Attribute
from collective.servicekonto.identity.attributes import proven as proven_attribute
from collective.servicekonto.identity.attributes import Source
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.identity.sessions import limits
from collective.servicekonto.portal.declarations import current_declarations
from collective.servicekonto.portal.post import send_letter
from collective.servicekonto.portal.service import draft_time
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.portal.service import is_open
from collective.servicekonto.portal.service import link
from collective.servicekonto.registration import offers
from collective.servicekonto.registration import rules
from collective.servicekonto.registration.draft import Details
from collective.servicekonto.registration.draft import Draft
from collective.servicekonto.registration.draft import prolong
from collective.servicekonto.registration.draft import Proven
from collective.servicekonto.registration.draft import query_draft
from collective.servicekonto.registration.draft import start_draft
from collective.servicekonto.registration.letters import activation_letter
from collective.servicekonto.registration.letters import known_address_letter
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import issue_token
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenUsed
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import Any


ACTIVATE = "activate"

# So long a card that was read counts: as long as a session at its level.
PROOF_TIME = limits(TrustLevel.HIGH).duration


class RegistrationClosed(Exception):
    """The portal does not accept new accounts at present."""


class DraftGone(LookupError):
    """The registration was never begun, or it took too long."""


class ProofMissing(LookupError):
    """The account that was chosen needs a proof; it is brought on ``page``."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


class Incomplete(ValueError):
    """Something is missing or wrong; ``problems`` has a message for each field."""

    def __init__(self, problems: rules.Problems) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def begin(kind: str, language: str, now: datetime) -> str:
    """Begin a registration and return the secret key of its draft.

    Raises RegistrationClosed, or Incomplete for a kind that is not offered.
    """
    portal = get_portal()
    if not is_open(portal):
        raise RegistrationClosed
    if kind not in rules.KINDS:
        raise Incomplete({"kind": _("Please choose one of the options.")})
    return start_draft(kind, language, now, draft_time(portal))


def note_page(key: str, page: str, now: datetime) -> None:
    """Let the first log-in lead to this page (see accounts.onward). Raises DraftGone."""
    get_draft(key, now).page_behind = wanted_page(page)


def get_draft(key: str, now: datetime) -> Draft:
    """Return the draft. Raises DraftGone."""
    draft = query_draft(key, now)
    if draft is None:
        raise DraftGone
    return draft


def choose_account(key: str, account: str, now: datetime) -> None:
    """Note which account is wanted. Raises DraftGone or Incomplete."""
    draft = get_draft(key, now)
    if account not in offers.accounts():
        raise Incomplete({"account": _("Please choose one of the options.")})
    if account != draft.account:
        draft.proven = None
    draft.account = account
    prolong(draft, now, draft_time(get_portal()))


def get_unproven(key: str, account: str, now: datetime) -> Draft:
    """Return the draft to which a proof for this account belongs.

    Raises DraftGone, also where another account was chosen or the draft was sent.
    """
    draft = get_draft(key, now)
    if draft.sent or draft.account != account:
        raise DraftGone
    return draft


def prove(key: str, account: str, proven: Proven, now: datetime) -> None:
    """Keep what was proven for this account; names that were typed give way.

    Raises DraftGone (see get_unproven).
    """
    draft = get_unproven(key, account, now)
    draft.proven = proven
    draft.details = replace(draft.details, **proven_names(draft))
    prolong(draft, now, draft_time(get_portal()))


def check_proven(draft: Draft, now: datetime) -> None:
    """Raise ProofMissing where nothing was proven that has to be, or too long ago."""
    offer = offers.query_offer(draft.account)
    if offer is None:
        return
    age = None if draft.proven is None else now.timestamp() - draft.proven.at
    if age is None or age >= PROOF_TIME.total_seconds():
        raise ProofMissing(offer.page)


def fill_in(key: str, entries: Mapping[str, Any], now: datetime) -> None:
    """Check the entries of the form and keep them.

    ``entries`` has salutation, given_names, family_name, email, password and
    repetition. Both passwords may be empty once one was chosen; the former one is
    kept then. Names that were proven are not taken from there. Raises DraftGone or
    Incomplete, with nothing changed.
    """
    draft = get_draft(key, now)
    names = proven_names(draft)
    cleaned, problems = rules.check_details(entries)
    cleaned |= names
    problems = {name: text for name, text in problems.items() if name not in names}
    password = str(entries.get("password") or "")
    repetition = str(entries.get("repetition") or "")
    keeps_password = bool(draft.details.password_hash) and not password + repetition
    if not keeps_password:
        personal = tuple(cleaned.values())
        problems |= check_new_password(password, repetition, personal)
    if problems:
        raise Incomplete(problems)
    password_hash = (
        draft.details.password_hash if keeps_password else hash_password(password)
    )
    draft.details = Details(**cleaned, password_hash=password_hash)
    draft.sent = False
    prolong(draft, now, draft_time(get_portal()))


def register(key: str, confirmed: set[str], now: datetime) -> None:
    """Make the account of the draft and mail the link that activates it.

    ``confirmed`` are the references of the declarations. Where the address has an
    account already, its owner gets another mail; the same is stored nevertheless,
    never activated, so that nobody sees the difference. A second call changes
    nothing. Raises DraftGone, RegistrationClosed, Incomplete or ProofMissing.
    """
    draft = get_draft(key, now)
    if draft.sent:
        return
    if not is_open(get_portal()):
        raise RegistrationClosed
    _check_confirmed(confirmed)
    if not draft.details.complete:
        raise DraftGone
    check_proven(draft, now)
    account = accounts.create_account(_new_account(draft), now)
    draft.sent = True
    draft.account_id = account.id
    draft.details = Details(email=draft.details.email)
    draft.proven = None
    _mail(account, draft, now)


def send_again(key: str, now: datetime) -> bool:
    """Mail the link once more, for known and unknown addresses alike.

    Returns False where one has to wait because of the mails before. Raises DraftGone.
    """
    draft = get_draft(key, now)
    if not draft.sent:
        raise DraftGone
    account = accounts.query_account(draft.account_id)
    return account is not None and _mail(account, draft, now)


def check_activation(raw: str, now: datetime) -> None:
    """Tell whether the link can be used. Raises TokenRefused."""
    _account_of(get_store().tokens.look_up(raw, ACTIVATE, now))


def activate(raw: str, now: datetime) -> Any:
    """Activate the account of the link and return it. Raises TokenRefused."""
    account = _account_of(get_store().tokens.consume(raw, ACTIVATE, now))
    try:
        accounts.activate(account, now)
    except (accounts.AddressTaken, CardTaken):
        raise TokenUsed from None
    return account


def proven_names(draft: Draft) -> dict[str, str]:
    """Return those of the names that were proven."""
    values = {} if draft.proven is None else draft.proven.values
    return {name: str(values[name]) for name in rules.NAMES if name in values}


def _attributes(proven: Proven) -> dict[str, Attribute]:
    return {
        name: proven_attribute(value, TrustLevel.HIGH, Source.ONLINE_AUSWEIS, proven.at)
        for name, value in proven.values.items()
    }


def _account_of(token: Token) -> Any:
    account = accounts.query_account(token.subject)
    if account is None or accounts.state(account) != token.binding:
        raise TokenUsed
    return account


def _check_confirmed(confirmed: set[str]) -> None:
    missing = {
        declaration.name: _(
            "Please confirm: ${title}", mapping={"title": declaration.title}
        )
        for declaration in current_declarations(get_portal())
        if declaration.reference not in confirmed
    }
    if missing:
        raise Incomplete(missing)


def _new_account(draft: Draft) -> accounts.NewAccount:
    details, proven = draft.details, draft.proven
    return accounts.NewAccount(
        salutation=details.salutation,
        given_names=details.given_names,
        family_name=details.family_name,
        email=details.email,
        password_hash=details.password_hash,
        confirmed=tuple(d.reference for d in current_declarations(get_portal())),
        language=draft.language,
        card="" if proven is None else proven.card,
        proven={} if proven is None else _attributes(proven),
    )


def _mail(account: Any, draft: Draft, now: datetime) -> bool:
    if not may_mail(account.email, ACTIVATE, now):
        return False
    portal = get_portal()
    expires = account.activate_until
    # Made in any case: known and unknown addresses cost the same work.
    raw = issue_token(Token(ACTIVATE, account.id, accounts.PENDING, expires))
    if accounts.query_by_address(account.email) is None:
        page = onward(f"aktivieren?token={raw}", draft.page_behind)
        letter = activation_letter(link(portal, page), portal.activation_hours)
    else:
        page = onward("anmelden", draft.page_behind)
        letter = known_address_letter(link(portal, page))
    until = datetime.fromtimestamp(expires, UTC)
    send_letter(letter, account.email, draft.language, now, until)
    return True
