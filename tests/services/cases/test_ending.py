"""An office goes when it has nothing to decide any more."""

from collective.servicekonto.services.applications import service as applications
from collective.servicekonto.services.applications.service import Actor
from collective.servicekonto.services.applications.service import State
from plone import api
from plone.rest.interfaces import IAPIRequest
from zExceptions import BadRequest
from zExceptions import Redirect
from zope.interface import alsoProvides
from zope.interface import noLongerProvides
import pytest


pytestmark = pytest.mark.usefixtures("integration")


def delete(content):
    """Let the webmaster delete it."""
    with api.env.adopt_roles(["Manager"]):
        api.content.delete(content)


def test_with_open_applications_it_stays_and_says_why(site, office, submit):
    submit()
    with pytest.raises(Redirect):
        delete(office)
    assert office.getId() in site.buergerportal


def test_a_program_is_told_why(site, office, submit):
    submit()
    request = site.REQUEST
    alsoProvides(request, IAPIRequest)
    try:
        with pytest.raises(BadRequest, match="still to decide 1 applications"):
            delete(office)
    finally:
        noLongerProvides(request, IAPIRequest)


def test_when_all_is_decided_it_goes(site, office, submit, clock):
    application = submit()
    applications.move(application, State.SETTLED, Actor.OFFICE, "", clock())
    delete(office)
    assert office.getId() not in site.buergerportal


def test_with_the_whole_portal_it_goes(site, office, submit):
    submit()
    delete(site.buergerportal)
    assert "buergerportal" not in site
