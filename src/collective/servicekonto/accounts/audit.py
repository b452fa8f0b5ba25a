"""The audit log: what happened to which account, without personal content."""

from collective.servicekonto import PACKAGE_NAME
import logging


_audit = logging.getLogger(f"{PACKAGE_NAME}.audit")


def record(event: str, account_id: str = "-") -> None:
    """Write one line: the event and the id of the account, nothing else."""
    _audit.info("event=%s account=%s", event, account_id)
