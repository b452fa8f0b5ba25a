"""The control panel, in Classic UI and through plone.restapi."""

from collective.servicekonto import _
from collective.servicekonto.interfaces import IServicekontoLayer
from collective.servicekonto.portal.settings import IServicekontoSettings
from collective.servicekonto.portal.settings import PREFIX
from plone.app.registry.browser.controlpanel import ControlPanelFormWrapper
from plone.app.registry.browser.controlpanel import RegistryEditForm
from plone.restapi.controlpanels import RegistryConfigletPanel
from zope.component import adapter
from zope.interface import Interface


class ServicekontoSettingsForm(RegistryEditForm):
    """Edits the registry records of the add-on."""

    schema = IServicekontoSettings
    schema_prefix = PREFIX
    label = _("Servicekonto")
    description = _(
        "Operation of the citizens' accounts. Texts, declarations and times are "
        "set at the Bürgerportal itself."
    )


class ServicekontoControlPanel(ControlPanelFormWrapper):
    """The page around the form."""

    form = ServicekontoSettingsForm


@adapter(Interface, IServicekontoLayer)
class ServicekontoConfigletPanel(RegistryConfigletPanel):
    """The same control panel for plone.restapi."""

    schema = IServicekontoSettings
    schema_prefix = PREFIX
    configlet_id = "servicekonto"
    configlet_category_id = "Products"
