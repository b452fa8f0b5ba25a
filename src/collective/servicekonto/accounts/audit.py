"""The audit log: what happened to which account, without personal content."""

from collective.servicekonto import PACKAGE_NAME
from collective.servicekonto.keys import signature
import logging


_audit = logging.getLogger(f"{PACKAGE_NAME}.audit")


def record(event: str, account_id: str = "-") -> None:
    """Write one line: the event and the id of the account, nothing else."""
    _audit.info("event=%s account=%s", event, account_id)


def record_for_office(
    event: str, office: str, clerk: str, account_id: str = "-"
) -> None:
    """Write one line about what a clerk did: ids, and the clerk as a keyed hash.

    Who administers the site finds out which clerk it was, a reader of the log does not.
    """
    _audit.info(
        "event=%s account=%s office=%s clerk=%s",
        event,
        account_id,
        office,
        _hidden(clerk),
    )


def record_clerk(event: str, office: str, clerk: str, by: str) -> None:
    """Write one line about who may work for an office; ``by`` whom it was changed.

    ``clerk`` is the id of a member or a group. Both are keyed hashes as above.
    """
    _audit.info(
        "event=%s office=%s clerk=%s by=%s", event, office, _hidden(clerk), _hidden(by)
    )


def _hidden(member: str) -> str:
    return signature("clerk", member)[:16]
