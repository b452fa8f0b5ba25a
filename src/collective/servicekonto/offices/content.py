"""The content type Dienststelle. Its members have the role Clerk there, or CounterClerk."""

from collections.abc import Iterator
from collective.servicekonto import _
from collective.servicekonto.offices.events import ClerksChanged
from collective.servicekonto.offices.webhook import is_possible
from collective.z3cform.datagridfield.row import DictRow
from contextlib import contextmanager
from plone.app.workflow.interfaces import ISharingPageRole
from plone.autoform import directives
from plone.dexterity.content import Item
from plone.supermodel import model
from typing import Any
from zope import schema
from zope.event import notify
from zope.interface import implementer
from ZPublisher import zpublish


CLERK = "Clerk"

# Who confirms identities at the counter. It goes without Clerk.
COUNTER_CLERK = "CounterClerk"


class ITextBlock(model.Schema):
    """What the staff of an office write again and again."""

    title = schema.TextLine(title=_("Title"), max_length=100)
    text = schema.Text(title=_("Text"), max_length=5000)


class IDienststelle(model.Schema):
    """What citizens read about an office."""

    hours = schema.Text(
        title=_("Opening hours"),
        description=_("Citizens read them below each message of this office."),
        required=False,
        max_length=1000,
    )
    contact = schema.Text(
        title=_("Address and telephone"),
        description=_("Citizens read them below each message of this office."),
        required=False,
        max_length=1000,
    )
    signature = schema.Text(
        title=_("Signature"),
        description=_("The last lines of each message, for example the name."),
        required=False,
        max_length=1000,
    )

    # It has a page of its own, which works without scripts as well.
    directives.omitted("text_blocks")
    directives.read_permission(text_blocks="cmf.ModifyPortalContent")
    text_blocks = schema.Tuple(
        title=_("Text blocks"),
        value_type=DictRow(title=_("Text block"), schema=ITextBlock),
        required=False,
    )

    model.fieldset("programs", label=_("Programs"), fields=["webhook"])
    directives.read_permission(webhook="cmf.ModifyPortalContent")
    webhook = schema.TextLine(
        title=_("Address that is told what happened (webhook)"),
        description=_(
            "A program of this office learns here when one of its messages was read, for "
            "example. The address begins with https://. The secret belongs into a file on "
            "the server, see the handbook."
        ),
        required=False,
        max_length=500,
        constraint=is_possible,
    )


@implementer(IDienststelle)
class Dienststelle(Item):
    """An office of the town."""

    hours = ""
    contact = ""
    signature = ""
    text_blocks: tuple[dict[str, str], ...] = ()
    webhook: str | None = None

    # All that gives and takes local roles comes by here: “Sharing”, REST and the ZMI.

    @zpublish(methods="POST")
    def manage_addLocalRoles(self, userid, roles=(), REQUEST=None):
        """Give local roles, and tell where one of ours is among them."""
        with _watched(self):
            return super().manage_addLocalRoles(userid, roles, REQUEST)

    @zpublish(methods="POST")
    def manage_setLocalRoles(self, userid, roles=(), REQUEST=None):
        """Replace local roles, and tell where one of ours is given or taken."""
        if not roles:
            return self.manage_delLocalRoles((userid,), REQUEST)
        with _watched(self):
            return super().manage_setLocalRoles(userid, roles, REQUEST)

    @zpublish(methods="POST")
    def manage_delLocalRoles(self, userids, REQUEST=None):
        """Take all local roles, and tell where one of ours was among them."""
        with _watched(self):
            return super().manage_delLocalRoles(userids, REQUEST)


def holders(office: Any, role: str) -> frozenset[str]:
    """Return the ids of the members and groups that have the role right here."""
    return frozenset(who for who, roles in office.get_local_roles() if role in roles)


@contextmanager
def _watched(office: Any) -> Iterator[None]:
    roles = (CLERK, COUNTER_CLERK)
    before = {role: holders(office, role) for role in roles}
    yield
    for role in roles:
        old, new = before[role], holders(office, role)
        if old != new:
            notify(ClerksChanged(office, role, new - old, old - new))


@implementer(ISharingPageRole)
class ClerkRole:
    """Offers the role on the page “Sharing”.

    Editors may share there, too; this role is not theirs to give.
    """

    title = _("Can write to citizens and read their answers")
    required_permission = "collective.servicekonto: Delegate Clerk role"
    required_interface = IDienststelle


@implementer(ISharingPageRole)
class CounterClerkRole:
    """Offers the role on the page “Sharing”, to those who may give the other one."""

    title = _("Can confirm identities at the counter")
    required_permission = ClerkRole.required_permission
