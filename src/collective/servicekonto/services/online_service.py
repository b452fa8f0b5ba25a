"""The behaviour “Online-Dienst” of EasyForm: a form becomes a service of the town."""

from Acquisition import aq_base
from Acquisition import aq_chain
from Acquisition import aq_inner
from collective.easyform.config import MODEL_DEFAULT
from collective.easyform.interfaces.easyform import default_actions
from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.portal.content import IBuergerportal
from collective.servicekonto.services import expressions
from collective.servicekonto.services import outlets
from collective.servicekonto.services.settings import Audience
from plone import api
from plone.app.z3cform.widgets.contentbrowser import ContentBrowserFieldWidget
from plone.autoform import directives
from plone.autoform.interfaces import IFormFieldProvider
from plone.supermodel import model
from typing import Any
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from z3c.relationfield.schema import RelationChoice
from z3c.relationfield.schema import RelationList
from zope import schema
from zope.globalrequest import getRequest
from zope.interface import alsoProvides
from zope.interface import Interface
from zope.interface import Invalid
from zope.interface import invariant
from zope.interface import noLongerProvides
from zope.interface import provider
from zope.lifecycleevent.interfaces import IObjectRemovedEvent


class IOnlineServiceForm(Interface):
    """Marks an EasyForm below the Bürgerportal that is an Online-Dienst."""


def _days(title: Any, default: int) -> Any:
    return schema.Int(title=title, default=default, min=1, max=36500, required=False)


@provider(IFormFieldProvider)
class IOnlineService(model.Schema):
    """What makes a form of EasyForm an Online-Dienst."""

    model.fieldset(
        "online_service",
        label=_("Online-Dienst"),
        fields=[
            "is_online_service",
            "office",
            "audiences",
            "required_level",
            "purpose",
            "legal_basis",
            "checklist",
            "fee",
            "open_until",
            "decision_days",
            "allows_uploads_later",
            "brochures",
            "approved_days",
            "rejected_days",
            "settled_days",
            "withdrawn_days",
        ],
    )

    is_online_service = schema.Bool(
        title=_("This form is an Online-Dienst"),
        description=_(
            "Citizens then find it in the list of services, and what they send becomes "
            "an application. The form must be in the Bürgerportal."
        ),
        default=False,
        required=False,
    )
    office = schema.Choice(
        title=_("Responsible office"),
        description=_("It gets the applications and answers them."),
        vocabulary="collective.servicekonto.Offices",
        required=False,
    )
    directives.widget("audiences", CheckBoxFieldWidget)
    audiences = schema.Set(
        title=_("Who may apply"),
        value_type=schema.Choice(vocabulary="collective.servicekonto.Audiences"),
        default={Audience.ACCOUNT.value},
        required=False,
    )
    required_level = schema.Choice(
        title=_("Trust level that is required"),
        description=_(
            "How sure you must be who applies. Please demand no more than you need: "
            "fewer people have a higher level."
        ),
        vocabulary="collective.servicekonto.TrustLevels",
        default=TrustLevel.LOW.value,
        required=False,
    )
    purpose = schema.TextLine(
        title=_("Purpose"),
        description=_(
            "What you need the data for, for example: assessment of the dog tax. "
            "Citizens read it before they send, and later under “Data transfers”."
        ),
        max_length=200,
        required=False,
    )
    legal_basis = schema.TextLine(
        title=_("Legal basis"),
        description=_("For example: § 3 of the dog tax statute."),
        max_length=200,
        required=False,
    )
    checklist = schema.Text(
        title=_("What you need"),
        description=_("What citizens should have at hand, one thing per line."),
        max_length=2000,
        required=False,
    )
    fee = schema.Text(
        title=_("Fee"),
        description=_("What it costs, and how one pays. Empty: nothing is said."),
        max_length=1000,
        required=False,
    )
    open_until = schema.Date(
        title=_("Last day on which one can apply"),
        description=_("Empty: without an end."),
        required=False,
    )
    decision_days = schema.Int(
        title=_("Days until the decision"),
        description=_(
            "Your office sees which applications are due. Citizens read how long it "
            "usually takes."
        ),
        min=1,
        max=730,
        required=False,
    )
    allows_uploads_later = schema.Bool(
        title=_("Citizens can add documents later"),
        description=_("As long as the application is not decided."),
        default=True,
        required=False,
    )
    directives.widget(
        "brochures",
        ContentBrowserFieldWidget,
        vocabulary="plone.app.vocabularies.Catalog",
        pattern_options={"selectableTypes": ["File"]},
    )
    brochures = RelationList(
        title=_("Brochures"),
        description=_(
            "Files that every applicant gets together with the confirmation."
        ),
        default=[],
        value_type=RelationChoice(vocabulary="plone.app.vocabularies.Catalog"),
        required=False,
    )

    # Claims of both sides are barred after three years (§ 195 BGB). What was taken
    # back has no consequences, and three months are enough to ask about it.
    approved_days = _days(_("Days that an approved application is kept"), 1095)
    rejected_days = _days(_("Days that a rejected application is kept"), 1095)
    settled_days = _days(_("Days that a settled application is kept"), 1095)
    withdrawn_days = _days(_("Days that a withdrawn application is kept"), 90)

    # One rule for each, as a rule can name only one thing that is missing.
    @invariant
    def names_its_office(data: Any) -> None:
        """A service says who gets the data."""
        _demand(
            data,
            "office",
            _("Please choose the responsible office of the Online-Dienst."),
        )

    @invariant
    def names_its_audiences(data: Any) -> None:
        """A service says who may apply."""
        _demand(data, "audiences", _("Please choose who may apply."))

    @invariant
    def names_its_purpose(data: Any) -> None:
        """A service says why it needs the data."""
        _demand(
            data,
            "purpose",
            _("Please enter for what purpose the Online-Dienst needs the data."),
        )

    @invariant
    def names_its_legal_basis(data: Any) -> None:
        """A service says what allows it to ask."""
        _demand(
            data, "legal_basis", _("Please enter the legal basis of the Online-Dienst.")
        )

    @invariant
    def people_without_account_have_no_level(data: Any) -> None:
        """Nobody knows who applies without an account."""
        if not data.is_online_service:
            return
        is_anonymous = Audience.ANONYMOUS.value in (data.audiences or ())
        if is_anonymous and data.required_level != TrustLevel.BASIS.value:
            raise Invalid(
                _(
                    "Whoever applies without an account has no trust level. Please "
                    "choose “none”, or let only people with an account apply."
                )
            )


def _demand(data: Any, name: str, message: Any) -> None:
    if data.is_online_service and not getattr(data, name, None):
        raise Invalid(message)


def keep_marker(form: Any, event: Any) -> None:
    """Let the views of a service be found exactly where the form is one."""
    if IObjectRemovedEvent.providedBy(event):
        return
    if _is_meant(form) == IOnlineServiceForm.providedBy(form):
        return
    if _is_meant(form):
        _drop_default_mailer(form)
        problem = _problem(form)
        if problem is not None:
            form.is_online_service = False
            api.portal.show_message(problem, getRequest(), type="error")
            return
        alsoProvides(form, IOnlineServiceForm)
    else:
        noLongerProvides(form, IOnlineServiceForm)
    form.reindexObject(idxs=["object_provides"])


def _problem(form: Any) -> Any | None:
    """Return why the user may not make a service of what is in the form, or None."""
    try:
        expressions.check_all(form)
        outlets.check(form, form.actions_model)
    except expressions.NotAllowed:
        return expressions.NOT_ALLOWED
    except outlets.HasOutlet:
        return outlets.NO_SERVICE
    return None


def _drop_default_mailer(form: Any) -> None:
    """Take away the action that EasyForm gives to every new form.

    It would mail all that a citizen sends, in the clear. An action that the editor
    made or changed stays.
    """
    if form.actions_model == default_actions(form):
        form.actions_model = MODEL_DEFAULT


def _is_meant(form: Any) -> bool:
    # Elsewhere the site has no citizens: a service that was moved out is a form again.
    is_inside = any(IBuergerportal.providedBy(one) for one in aq_chain(aq_inner(form)))
    return is_inside and bool(getattr(aq_base(form), "is_online_service", False))
