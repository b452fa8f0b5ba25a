"""Settings of the add-on that concern its operation, kept in the registry."""

from collective.servicekonto import _
from plone.registry.interfaces import IRegistry
from zope import schema
from zope.component import getUtility
from zope.interface import Interface


PREFIX = "collective.servicekonto"


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


def settings():
    """Return the registry's view on the settings."""
    return getUtility(IRegistry).forInterface(IServicekontoSettings, prefix=PREFIX)
