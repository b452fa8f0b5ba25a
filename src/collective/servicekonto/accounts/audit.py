"""The audit log: what happened to which account, without personal content."""

from collections.abc import Mapping
from collective.servicekonto import PACKAGE_NAME
from collective.servicekonto.keys import signature
import logging


_audit = logging.getLogger(f"{PACKAGE_NAME}.audit")


def record(event: str, account_id: str = "-", **what: str) -> None:
    """Write one line: the event, the id of the account, and what it was about.

    ``what`` are ids, numbers and words of ours by their names, nothing personal.
    """
    _audit.info("event=%s account=%s%s", event, account_id, _more(what))


def record_for_office(
    event: str, office: str, clerk: str, account_id: str = "-", **what: str
) -> None:
    """Write one line about what a clerk did: ids, and the clerk as a keyed hash.

    Who administers the site finds out which clerk it was, a reader of the log does not.
    ``what`` as above.
    """
    _audit.info(
        "event=%s account=%s office=%s clerk=%s%s",
        event,
        account_id,
        office,
        _hidden(clerk),
        _more(what),
    )


def record_clerk(event: str, office: str, clerk: str, by: str) -> None:
    """Write one line about who may work for an office; ``by`` whom it was changed.

    ``clerk`` is the id of a member or a group. Both are keyed hashes as above.
    """
    _audit.info(
        "event=%s office=%s clerk=%s by=%s", event, office, _hidden(clerk), _hidden(by)
    )


def record_setting(name: str, by: str) -> None:
    """Write one line about a setting that was changed; ``by`` whom, as a keyed hash."""
    _audit.info("event=setting-changed setting=%s by=%s", name, _hidden(by))


def _more(what: Mapping[str, str]) -> str:
    return "".join(f" {name}={text}" for name, text in what.items())


def _hidden(member: str) -> str:
    return signature("clerk", member)[:16]
