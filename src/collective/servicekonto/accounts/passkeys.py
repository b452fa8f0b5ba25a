"""Passkeys (W3C Web Authentication, FIDO2): what the browser is asked, and answers.

A challenge is a token of the store: used once, for five minutes, by the session that
asked for it. The browser keeps no state. The passkey is bound to the host of the
portal's public address, and so is everything that it signs.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts import audit
from collective.servicekonto.accounts import means
from collective.servicekonto.accounts.login import TooManyAttempts
from collective.servicekonto.accounts.means import Passkey
from collective.servicekonto.accounts.sessions import Session
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.portal.service import get_portal
from collective.servicekonto.store.service import get_store
from collective.servicekonto.store.service import issue_token
from collective.servicekonto.store.tokens import Token
from collective.servicekonto.store.tokens import TokenRefused
from datetime import datetime
from datetime import timedelta
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationConveyancePreference
from fido2.webauthn import AttestedCredentialData
from fido2.webauthn import AuthenticationResponse
from fido2.webauthn import PublicKeyCredentialRpEntity
from fido2.webauthn import PublicKeyCredentialUserEntity
from fido2.webauthn import RegistrationResponse
from fido2.webauthn import ResidentKeyRequirement
from fido2.webauthn import UserVerificationRequirement
from ipaddress import ip_address
from typing import Any
from typing import NamedTuple
from urllib.parse import urlsplit
from zope.i18nmessageid import Message
import json
import logging
import secrets


CHALLENGE_TIME = timedelta(minutes=5)

# So many challenges an account may have made. Each is a record of the database.
MOST_CHALLENGES = 30
PER = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)

_challenges = Rate(limit=MOST_CHALLENGES, per=PER)

# A browser's answer has about a thousand characters.
LONGEST_ANSWER = 20_000

# The specification's limit for the id of a credential, in bytes.
LONGEST_ID = 1023

_REGISTER = "passkey-register"
_LOG_IN = "passkey-log-in"
_UNBLOCK = "passkey-unblock"

_PREFERRED = UserVerificationRequirement.PREFERRED

# The library logs the ids of credentials, which are personal data.
logging.getLogger("fido2").setLevel(logging.WARNING)


class PasskeyRefused(Exception):
    """What the browser sent proves nothing; ``message`` says what to do."""

    message: Message = _(
        "The passkey could not be checked. Please try again. The check has to be "
        "completed within five minutes."
    )


class PasskeysImpossible(PasskeyRefused):
    """Browsers offer no passkeys under the portal's public address."""

    message = _(
        "Passkeys need a portal with a secure address (https). They cannot be used here."
    )


class Used(NamedTuple):
    """A passkey that signed, and its counter by now."""

    passkey: Passkey
    sign_count: int


def are_possible() -> bool:
    """Tell whether browsers offer passkeys under the portal's public address.

    They demand https or localhost, and a name in place of an IP address.
    """
    return _host() is not None


def are_expected(account: Any) -> bool:
    """Tell whether the citizen can confirm a log-in with a passkey."""
    return are_possible() and bool(means.usable_passkeys(account))


def begin_registration(session: Session, account: Any, now: datetime) -> dict[str, Any]:
    """Return the options of navigator.credentials.create, as JSON can hold them.

    The caller has asked for the password again, and whether the session may add a
    passkey. Raises PasskeysImpossible or TooManyAttempts.
    """
    server = _server()
    if not account.user_handle:
        # Random, so that an authenticator does not learn the id of the account.
        account.user_handle = secrets.token_bytes(32)
    user = PublicKeyCredentialUserEntity(
        id=account.user_handle,
        name=account.email,
        display_name=f"{account.given_names} {account.family_name}",
    )
    options, _state = server.register_begin(
        user,
        _credentials(means.passkeys(account)),
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=_PREFERRED,
        challenge=_challenge(_REGISTER, session.key, account, now),
    )
    return _plain(options)


def check_registration(
    session: Session, account: Any, answer: str, now: datetime
) -> bytes:
    """Return the credential that the browser made. Raises PasskeyRefused.

    ``answer`` is a RegistrationResponseJSON.
    """
    server = _server()
    response = _parsed(RegistrationResponse, answer)
    state = _use_up(response, _REGISTER, session.key, account, now)
    try:
        found = server.register_complete(state, response).credential_data
    except Exception as error:
        raise _refused(account) from error
    known = [one.credential_id for one in _credentials(means.passkeys(account))]
    if found is None or found.credential_id in known:
        raise _refused(account)
    if len(found.credential_id) > LONGEST_ID:
        raise _refused(account)
    return bytes(found)


def begin_log_in(session: Session, account: Any, now: datetime) -> dict[str, Any]:
    """Return the options of navigator.credentials.get, as JSON can hold them.

    A passkey that was registered in this session may be used as well, which
    confirms it. Raises PasskeysImpossible or TooManyAttempts.
    """
    offered = _offered(session, account)
    return _asked(offered, _LOG_IN, session.key, account, now)


def check_log_in(session: Session, account: Any, answer: str, now: datetime) -> Used:
    """Return the passkey with which the browser signed. Raises PasskeyRefused.

    ``answer`` is an AuthenticationResponseJSON.
    """
    offered = _offered(session, account)
    return _signed(offered, _LOG_IN, session.key, account, answer, now)


def begin_unblocking(
    session: Session, account: Any, one: Passkey, now: datetime
) -> dict[str, Any]:
    """Return the options for using this blocked passkey.

    Raises PasskeysImpossible or TooManyAttempts.
    """
    return _asked([one], _UNBLOCK, _unblocking(session, one), account, now)


def check_unblocking(
    session: Session, account: Any, one: Passkey, answer: str, now: datetime
) -> Used:
    """Return the use of this blocked passkey. Raises PasskeyRefused."""
    binding = _unblocking(session, one)
    return _signed([one], _UNBLOCK, binding, account, answer, now)


def _unblocking(session: Session, one: Passkey) -> str:
    return f"{session.key} {one.id}"


def _offered(session: Session, account: Any) -> list[Passkey]:
    new = [
        one
        for one in means.passkeys(account)
        if not one.confirmed and one.registered_in == session.key
    ]
    return new or list(means.usable_passkeys(account))


def _asked(
    offered: list[Passkey], purpose: str, binding: str, account: Any, now: datetime
) -> dict[str, Any]:
    options, _state = _server().authenticate_begin(
        _credentials(offered),
        user_verification=_PREFERRED,
        challenge=_challenge(purpose, binding, account, now),
    )
    return _plain(options)


def _signed(
    offered: list[Passkey],
    purpose: str,
    binding: str,
    account: Any,
    answer: str,
    now: datetime,
) -> Used:
    server = _server()
    response = _parsed(AuthenticationResponse, answer)
    state = _use_up(response, purpose, binding, account, now)
    credentials = _credentials(offered)
    try:
        found = server.authenticate_complete(state, credentials, response)
    except Exception as error:
        raise _refused(account) from error
    one = offered[credentials.index(found)]
    counter = response.response.authenticator_data.counter
    if (counter or one.sign_count) and counter <= one.sign_count:
        # Two devices count with the same key: one of them is a copy
        # (Web Authentication, 7.2, step 22).
        audit.record("passkey-cloned", account.id)
        raise PasskeyRefused
    return Used(one, counter)


def _challenge(purpose: str, binding: str, account: Any, now: datetime) -> bytes:
    if not _challenges.allow(account.id, now):
        raise TooManyAttempts(PAUSE.total_seconds())
    unless_committed(lambda: _challenges.take_back(account.id))
    expires = int((now + CHALLENGE_TIME).timestamp())
    return issue_token(Token(purpose, account.id, binding, expires)).encode()


def _use_up(
    response: Any, purpose: str, binding: str, account: Any, now: datetime
) -> dict[str, Any]:
    """Use the challenge up that was signed; return it as the library wants it."""
    raw = response.response.client_data.challenge.decode("ascii", "replace")
    try:
        token = get_store().tokens.consume(raw, purpose, now)
    except TokenRefused:
        raise _refused(account) from None
    if (token.subject, token.binding) != (account.id, binding):
        raise _refused(account)
    return {
        "challenge": websafe_encode(raw.encode()),
        "user_verification": _PREFERRED,
    }


def _parsed(kind: Any, answer: str) -> Any:
    if len(answer) > LONGEST_ANSWER:
        raise PasskeyRefused
    try:
        parsed = kind.from_dict(json.loads(answer))
    except Exception as error:
        # Whatever somebody sends, the library finds another way to complain.
        raise PasskeyRefused from error
    if parsed is None:
        raise PasskeyRefused
    return parsed


def _refused(account: Any) -> PasskeyRefused:
    audit.record("passkey-refused", account.id)
    return PasskeyRefused()


def _credentials(offered: Iterable[Passkey]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(one.credential) for one in offered]


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = dict(options)["publicKey"]
    return json.loads(json.dumps(plain))  # type: ignore[no-any-return]


def _server() -> Fido2Server:
    host = _host()
    if host is None:
        raise PasskeysImpossible
    party = PublicKeyCredentialRpEntity(name=get_portal().title, id=host)
    origin = _origin(host)
    return Fido2Server(
        party,
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda sent: sent == origin,
    )


def _origin(host: str) -> str:
    parts = urlsplit(get_portal().public_url)
    default = {"https": 443, "http": 80}[parts.scheme]
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _host() -> str | None:
    parts = urlsplit(get_portal().public_url)
    host = (parts.hostname or "").encode("idna").decode()
    if parts.scheme != "https" and host != "localhost":
        return None
    return None if _is_ip_address(host) else host


def _is_ip_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
