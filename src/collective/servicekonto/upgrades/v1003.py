"""From 1002 to 1003: forms of EasyForm become Online-Dienste."""

from plone import api
from plone.base.utils import get_installer


EASYFORM = "collective.easyform:default"


def install_easyform(context) -> None:
    """Install EasyForm, unless the site has it and perhaps settings of its own."""
    if not get_installer(api.portal.get()).is_profile_installed(EASYFORM):
        context.runAllImportStepsFromProfile(f"profile-{EASYFORM}")
