"""What other modules can subscribe to."""

from typing import Any
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface import Interface


class IAccountEvent(Interface):
    """Something happened to an account."""

    account = Attribute("The account, wrapped in the portal")


class IAccountActivated(IAccountEvent):
    """The address was proven; the citizen can log in from now on."""


class IAddressChanged(IAccountEvent):
    """Another e-mail address was proven."""


class IPasswordChanged(IAccountEvent):
    """The citizen chose a new password."""


class IAccountUsed(IAccountEvent):
    """The citizen logged in or followed a link of ours, for the first time this day."""


class IAccountUpgraded(IAccountEvent):
    """The Online-Ausweis was registered: the account is a Servicekonto Plus."""


class IAccountDowngraded(IAccountEvent):
    """The Online-Ausweis was removed: the account is a plain Servicekonto again."""


class IIdentityConfirmed(IAccountEvent):
    """An office confirmed who the citizen is, from a document shown at the counter."""


class AccountEvent:
    """Base of the events."""

    def __init__(self, account: Any) -> None:
        self.account = account


@implementer(IAccountActivated)
class AccountActivated(AccountEvent):
    """The address was proven; the citizen can log in from now on."""


@implementer(IAddressChanged)
class AddressChanged(AccountEvent):
    """Another e-mail address was proven."""


@implementer(IPasswordChanged)
class PasswordChanged(AccountEvent):
    """The citizen chose a new password."""


@implementer(IAccountUsed)
class AccountUsed(AccountEvent):
    """The citizen logged in or followed a link of ours, for the first time this day."""


@implementer(IAccountUpgraded)
class AccountUpgraded(AccountEvent):
    """The Online-Ausweis was registered: the account is a Servicekonto Plus."""


@implementer(IAccountDowngraded)
class AccountDowngraded(AccountEvent):
    """The Online-Ausweis was removed: the account is a plain Servicekonto again."""


@implementer(IIdentityConfirmed)
class IdentityConfirmed(AccountEvent):
    """An office confirmed who the citizen is, from a document shown at the counter."""
