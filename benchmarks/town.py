"""The demo town, so set that a load generator is not taken for an attack."""

from benchmarks.zope import NO_PORT
from collective.servicekonto.demo import site
from collective.servicekonto.portal.settings import settings
from zope.component.hooks import setSite


def build() -> None:
    """Build the town. No mail leaves until a mail server is set."""
    with site.application(NO_PORT) as root:
        site.build_town(root)
        town = root[site.SITE_ID]
        setSite(town)
        town.portal_registry["plone.smtp_host"] = ""
        settings().guard_threshold = 10_000
        settings().mail_interval = 0
