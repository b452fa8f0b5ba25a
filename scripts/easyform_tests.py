"""Run EasyForm's own tests, “alone” or with this add-on installed “beside” it."""

from collective.easyform.tests.base import Fixture
from pathlib import Path
from zope.testrunner import run
import collective.easyform
import collective.servicekonto
import sys


def install_beside() -> None:
    """Let every site of these tests have the add-on as well."""
    set_up_zope, set_up_site = Fixture.setUpZope, Fixture.setUpPloneSite

    def set_up_zope_beside(self, app, context):
        set_up_zope(self, app, context)
        self.loadZCML(package=collective.servicekonto)

    def set_up_site_beside(self, portal):
        set_up_site(self, portal)
        self.applyProfile(portal, "collective.servicekonto:default")

    Fixture.setUpZope = set_up_zope_beside
    Fixture.setUpPloneSite = set_up_site_beside


if sys.argv.pop(1) == "beside":
    install_beside()
package = Path(collective.easyform.__file__).parent
run(
    [
        "--test-path",
        str(package.parents[1]),
        "--package",
        "collective.easyform",
        "--tests-pattern",
        "^test",
        "--auto-color",
    ],
    [sys.argv[0]],
)
