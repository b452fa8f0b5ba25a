"""Settings of the add-on that concern its operation, kept in the registry."""

from collective.servicekonto import _
from plone.registry.interfaces import IRegistry
from typing import Any
from zope import schema
from zope.component import getUtility
from zope.interface import Interface


PREFIX = "collective.servicekonto"

ATTACHMENT_TYPES = (
    "pdf",
    "png",
    "jpg",
    "jpeg",
    "odt",
    "ods",
    "docx",
    "xlsx",
    "csv",
    "txt",
)


class IServicekontoSettings(Interface):
    """Operation of the Servicekonto. Texts and times are set at the Bürgerportal."""

    guard_threshold = schema.Int(
        title=_("Registrations per minute before a check is shown"),
        description=_(
            "If more registrations than this arrive from one network within a "
            "minute, the form asks for a small check. Nothing is loaded from "
            "other servers for it. From 1 to 10000."
        ),
        default=30,
        min=1,
        max=10000,
    )

    mail_interval = schema.Int(
        title=_("Seconds between two mails to the same address"),
        description=_(
            "Who asks for more mails within this time has to wait. From 0 (no limit) "
            "to 3600."
        ),
        default=180,
        min=0,
        max=3600,
    )

    cleanup_batch = schema.Int(
        title=_("Items per commit of the cleanup"),
        description=_(
            "So many are deleted together. Fewer take longer and disturb visitors "
            "less. From 1 to 1000."
        ),
        default=100,
        min=1,
        max=1000,
    )

    cleanup_window = schema.Int(
        title=_("Seconds after which the cleanup stops"),
        description=_(
            "What is left then is done by the next run. From 1 to 86400 (a day)."
        ),
        default=900,
        min=1,
        max=86400,
    )

    inactivity_mail_cap = schema.Int(
        title=_("Warnings of unused accounts per run of the cleanup"),
        description=_(
            "Before an account that nobody uses is deleted, its owner gets a mail. "
            "The next run sends what is left. From 1 to 100000."
        ),
        default=200,
        min=1,
        max=100000,
    )

    attachment_types = schema.List(
        title=_("Types of files that may be attached"),
        description=_(
            "By the ending of their names. Each file is opened to see whether it is "
            "what its name says; other types cannot be checked and cannot be added."
        ),
        value_type=schema.Choice(values=ATTACHMENT_TYPES),
        default=list(ATTACHMENT_TYPES),
        missing_value=[],
        required=False,
    )

    notice_mail_cap = schema.Int(
        title=_("Mails about news in the Postfach per run of the cleanup"),
        description=_(
            "Citizens get at most one in an hour. The next run sends what is left. "
            "From 1 to 100000."
        ),
        default=2000,
        min=1,
        max=100000,
    )

    attachment_mb = schema.Int(
        title=_("Largest file of a citizen in MB"),
        description=_("A larger one is refused. From 1 to 1000."),
        default=20,
        min=1,
        max=1000,
    )

    attachment_mb_staff = schema.Int(
        title=_("Largest file of the town in MB"),
        description=_("The same for messages of an office. From 1 to 1000."),
        default=100,
        min=1,
        max=1000,
    )

    attachments_per_message = schema.Int(
        title=_("Files in one message"),
        description=_("More have to be sent with a second message. From 0 to 100."),
        default=10,
        min=0,
        max=100,
    )

    attachments_mb = schema.Int(
        title=_("All files of one message in MB"),
        description=_(
            "So large they may be together. The website must let so much through in "
            "one request. From 1 to 1000."
        ),
        default=100,
        min=1,
        max=1000,
    )

    answers_per_day = schema.Int(
        title=_("Answers of a citizen within a day"),
        description=_(
            "More have to wait, so that nobody floods an office. From 1 to 1000."
        ),
        default=20,
        min=1,
        max=1000,
    )

    answers_mb_per_day = schema.Int(
        title=_("Files of a citizen within a day in MB"),
        description=_("So large they may be together. From 1 to 10000."),
        default=300,
        min=1,
        max=10000,
    )

    counter_four_eyes = schema.Bool(
        title=_("Two clerks confirm an identity at the counter"),
        description=_(
            "What one clerk took from a document counts only when a second one of the "
            "same office has looked at it and confirmed it, too."
        ),
        default=False,
        required=False,
    )


def settings() -> Any:
    """Return the registry's view on the settings."""
    return getUtility(IRegistry).forInterface(IServicekontoSettings, prefix=PREFIX)
