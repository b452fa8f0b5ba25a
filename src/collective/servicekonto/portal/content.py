"""The content type Bürgerportal."""

from collective.servicekonto import _
from plone.app.textfield import RichText
from plone.autoform import directives
from plone.dexterity.content import Container
from plone.supermodel import model
from urllib.parse import urlsplit
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from zope import schema
from zope.globalrequest import getRequest
from zope.interface import implementer
from zope.interface import Invalid
from zope.interface import invariant
from zope.interface import provider
from zope.schema.interfaces import IContextAwareDefaultFactory
import re


_MAIL_ADDRESS = re.compile(r"[^@\s<>\",;:]+@[^@\s<>\",;:]+\.[^@\s<>\",;:]+")


_MANAGE_SETTINGS = "collective.servicekonto.ManageSettings"

# Only on one's own machine nobody can listen in.
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


def is_public_url(value: str) -> bool:
    """Accept an absolute https address without query; raise Invalid otherwise.

    Without https passwords would be readable on the way. On the own machine, for
    trying things out, http will do.
    """
    parts = urlsplit(value)
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in OWN_MACHINE
    )
    if not is_safe or not parts.netloc:
        raise Invalid(_("Please enter a full address that begins with https://."))
    if parts.query or parts.fragment or re.search(r"\s", value):
        raise Invalid(_("Please enter the address without “?”, “#” and blanks."))
    return True


def is_mail_address(value: str) -> bool:
    """Accept a plain e-mail address; raise Invalid otherwise."""
    if not _MAIL_ADDRESS.fullmatch(value):
        raise Invalid(_("Please enter an e-mail address such as name@example.de."))
    return True


# With a sign and 32 more for each mail it must not get longer than 64 (RFC 5321).
_LONGEST_LOCAL_PART = 31


def is_bounce_address(value: str) -> bool:
    """Accept an e-mail address that a token can be added to; raise Invalid otherwise."""
    is_mail_address(value)
    if len(value.rpartition("@")[0]) > _LONGEST_LOCAL_PART:
        raise Invalid(
            _("Please choose an address with at most 31 characters before the “@”.")
        )
    return True


@provider(IContextAwareDefaultFactory)
def proposed_public_url(context) -> str:
    """Propose the address under which the webmaster is working right now."""
    request = getRequest()
    if request is None or not hasattr(context, "absolute_url"):
        return ""
    here = urlsplit(f"{context.absolute_url()}/buergerportal")
    if here.hostname not in OWN_MACHINE:
        here = here._replace(scheme="https")
    return here.geturl()


class IBuergerportal(model.Schema):
    """The settings and texts of a site's Bürgerportal."""

    text = RichText(
        title=_("Introduction"),
        description=_("What your citizens read first on the landing page."),
        required=False,
    )

    # Whoever sets these gets what mails lead to: links that open accounts, and answers.
    directives.write_permission(
        public_url=_MANAGE_SETTINGS,
        sender_address=_MANAGE_SETTINGS,
        bounce_address=_MANAGE_SETTINGS,
    )

    public_url = schema.TextLine(
        title=_("Public address"),
        description=_(
            "The address of this portal as citizens see it, beginning with "
            "https://. Links in mails are made from it, and requests under "
            "another host name are refused."
        ),
        constraint=is_public_url,
        defaultFactory=proposed_public_url,
    )

    sender_name = schema.TextLine(
        title=_("Sender name"),
        description=_("The name of your town as citizens read it in mails."),
        max_length=120,
    )

    sender_address = schema.TextLine(
        title=_("Sender address"),
        description=_("Mails to citizens come from this address."),
        constraint=is_mail_address,
        max_length=254,
    )

    contact = schema.TextLine(
        title=_("Contact for questions"),
        description=_(
            "A telephone number or an e-mail address. Citizens read it at the end of "
            "every mail and where something did not work."
        ),
        max_length=200,
        required=False,
    )

    model.fieldset(
        "declarations",
        label=_("Declarations"),
        fields=["privacy_declaration", "terms_of_use"],
    )
    privacy_declaration = RichText(
        title=_("Data protection declaration"),
        description=_(
            "Citizens confirm it when they register. Each change makes a new "
            "version; the versions that citizens confirmed are kept."
        ),
    )
    terms_of_use = RichText(
        title=_("Terms of use"),
        description=_("Optional. Citizens confirm them when they register."),
        required=False,
    )

    model.fieldset(
        "times",
        label=_("Times"),
        fields=[
            "activation_hours",
            "draft_minutes",
            "reset_minutes",
            "transfer_days",
            "lock_days",
            "inactive_months",
            "message_days",
        ],
    )
    activation_hours = schema.Int(
        title=_("Hours to activate an account"),
        description=_("After this time an account that was not activated is deleted."),
        default=24,
        min=1,
        max=72,
    )
    draft_minutes = schema.Int(
        title=_("Minutes to complete the registration"),
        description=_("What was typed is kept for so long after the last step."),
        default=60,
        min=10,
        max=60,
    )
    reset_minutes = schema.Int(
        title=_("Minutes to choose a new password"),
        description=_("For so long the link for a forgotten password is valid."),
        default=60,
        min=10,
        max=1440,
    )
    transfer_days = schema.Int(
        title=_("Days that a data transfer stays in the citizen's log"),
        description=_("Citizens can delete the entries themselves at any time."),
        default=730,
        min=30,
        max=3650,
    )
    lock_days = schema.Int(
        title=_("Days between the wish to delete an account and the deletion"),
        description=_(
            "In this time nobody can log in, and the citizen can change their mind. "
            "With 0 the account is deleted at once."
        ),
        default=7,
        min=0,
        max=30,
    )
    inactive_months = schema.Int(
        title=_("Months without a log-in after which an account is deleted"),
        description=_(
            "The citizen is told two months before. The law demands 24 months "
            "(OZG § 8 (7))."
        ),
        default=24,
        min=6,
        max=24,
    )

    message_days = schema.Int(
        title=_("Days that messages of the Postfach are kept"),
        description=_(
            "An office can keep a message for another time. What the citizen puts into "
            "the bin is deleted after 30 days."
        ),
        default=1095,
        min=90,
        max=36500,
    )

    model.fieldset(
        "postbox",
        label=_("Postfach"),
        fields=["delivery_basis", "land", "bounce_address"],
    )
    delivery_basis = schema.Choice(
        title=_("By which law decisions count as delivered"),
        description=_(
            "Citizens then see when a decision counts as delivered and until when they "
            "can object. Leave it empty where the delivery is proven in another way. "
            "Please let your legal office decide."
        ),
        vocabulary="collective.servicekonto.DeliveryBases",
        required=False,
    )
    land = schema.Choice(
        title=_("Land"),
        description=_("Its holidays count where a time limit ends."),
        vocabulary="collective.servicekonto.Laender",
        required=False,
    )

    bounce_address = schema.TextLine(
        title=_("Address for mails that come back"),
        description=_(
            "Mail servers report to it that a mail about news in the Postfach cannot be "
            "delivered, for example rueck@example.de. It must accept mails to "
            "rueck+anything@example.de as well. If you leave it empty, only what your "
            "own mail server refuses at once is noticed."
        ),
        constraint=is_bounce_address,
        max_length=254,
        required=False,
    )

    @invariant
    def delivery_needs_a_land(data):
        """Without a Land nobody knows on which day a time limit ends."""
        if data.delivery_basis and not data.land:
            raise Invalid(
                _(
                    "Please choose the Land in the tab “Postfach” as well: time limits "
                    "depend on its holidays."
                )
            )

    model.fieldset("profile", label=_("Profile"), fields=["row_types"])
    directives.widget("row_types", CheckBoxFieldWidget)
    row_types = schema.List(
        title=_("What citizens can list in their profile"),
        description=_(
            "Each is a content type. In the control panel “Content Types” you can "
            "change its fields, or clone it to make another one."
        ),
        value_type=schema.Choice(vocabulary="collective.servicekonto.RowTypes"),
        default=["Kind", "Fahrzeug", "Hund", "Bankverbindung", "WeitereAnschrift"],
        required=False,
    )


@implementer(IBuergerportal)
class Buergerportal(Container):
    """The area of a site in which citizens' services live. One per site."""
