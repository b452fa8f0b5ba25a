"""An office, and services of the town."""

from collective.servicekonto.interfaces import IServicekontoLayer
from plone import api
from tests.services.forms import DOG_TAX
from zope.interface import alsoProvides
import pytest


@pytest.fixture
def portal(site):
    """The Bürgerportal."""
    alsoProvides(site.REQUEST, IServicekontoLayer)
    return site.buergerportal


@pytest.fixture
def office(portal):
    """The office that gets the applications."""
    with api.env.adopt_roles(["Manager"]):
        return api.content.create(portal, "Dienststelle", title="Steueramt")


@pytest.fixture
def new_service(portal, office):
    """Makes services that everybody sees."""

    def new_service(container=None, **changes):
        values = {
            "title": "Hundesteuer anmelden",
            "fields_model": DOG_TAX,
            "is_online_service": True,
            "office": office.UID(),
            "audiences": {"account"},
            "required_level": "niedrig",
            "purpose": "Festsetzung der Hundesteuer",
            "legal_basis": "§ 3 Hundesteuersatzung",
        }
        with api.env.adopt_roles(["Manager"]):
            form = api.content.create(
                portal if container is None else container,
                "EasyForm",
                **(values | changes),
            )
            api.content.transition(form, "publish")
        return form

    return new_service


@pytest.fixture
def service(new_service):
    """The service with which one registers a dog."""
    return new_service()
