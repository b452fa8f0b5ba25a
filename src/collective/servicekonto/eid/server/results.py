"""What the codes of an eID-Server mean (BSI TR-03130-1, chapter 3.4).

It uses its own ones, and those of the eCard-API (BSI TR-03112-1, chapter 4.2) for what
it was told by the eID-Client.
"""

from collections.abc import Mapping
from collective.servicekonto.eid import port
from collective.servicekonto.eid.port import EIDProblem
import re


MAJOR = "http://www.bsi.bund.de/ecard/api/1.1/resultmajor#"
OK = f"{MAJOR}ok"
ERROR = f"{MAJOR}error"

SERVER = "http://www.bsi.bund.de/eid/server/2.0/resultminor/"
ECARD = "http://www.bsi.bund.de/ecard/api/1.1/resultminor/"

# Table 6, complete.
SERVER_CODES: Mapping[str, type[EIDProblem]] = {
    # A request with a wrong signature is answered with this one, too.
    "common#internalError": port.Misconfigured,
    "common#schemaViolation": port.Misconfigured,
    "useID#invalidPSK": port.Misconfigured,
    "useID#tooManyOpenSessions": port.Busy,
    "useID#missingArgument": port.Misconfigured,
    "useID#missingTerminalRights": port.Misconfigured,
    "getResult#noResultYet": port.NotReady,
    "getResult#invalidSession": port.SessionGone,
    "getResult#invalidCounter": port.SessionGone,
    "getResult#deniedDocument": port.DocumentInsufficient,
    "getResult#invalidDocument": port.DocumentRefused,
}

_CANCELLED = "cancellationByUser"

# All others mean that the eID-Client or the card did not get to the end.
_ECARD_CODES: Mapping[str, type[EIDProblem]] = {
    "al/common#incorrectParameter": port.Misconfigured,
    "al/common#noPermission": port.Misconfigured,
    "al/common#notInitialized": port.Misconfigured,
    "al/common#unknownAPIFunction": port.Misconfigured,
    "al/common#SessionTerminatedWarning": port.SessionGone,
    "dp#timeoutError": port.SessionGone,
    "ifdl/common#timeoutError": port.SessionGone,
    "il/viewer#timeout": port.SessionGone,
    "il/signature#certificateRevoked": port.DocumentRefused,
    "il/signature#invalidCertificatePath": port.DocumentRefused,
    "il/signature#referenceTimeNotWithinCertificateValidityPeriod": port.DocumentRefused,
    "sal#invalidSignature": port.DocumentRefused,
}

_ECARD_LAYERS = ("al", "dp", "ifdl", "il", "sal")

_CODE = re.compile(r"[A-Za-z0-9/#_.-]{1,80}")


def problem_of(minor: str) -> EIDProblem:
    """Return the problem that this ResultMinor names."""
    if minor.startswith(SERVER):
        code = _loggable(minor.removeprefix(SERVER))
        return SERVER_CODES.get(code, port.Misconfigured)(code)
    if minor.startswith(ECARD):
        code = _loggable(minor.removeprefix(ECARD))
        return _kind_of_ecard(code)(code)
    return port.Misconfigured("unknown")


def _kind_of_ecard(code: str) -> type[EIDProblem]:
    layer, _hash, name = code.partition("#")
    if name == _CANCELLED:
        return port.Cancelled
    is_layer = layer.partition("/")[0] in _ECARD_LAYERS
    otherwise = port.ClientFailed if is_layer else port.Misconfigured
    return _ECARD_CODES.get(code, otherwise)


def _loggable(code: str) -> str:
    return code if _CODE.fullmatch(code) else "unknown"
