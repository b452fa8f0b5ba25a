"""The audit log tells who changed a setting."""

from collective.servicekonto.portal.settings import settings
from plone import api
import pytest


LOG = "collective.servicekonto.audit"


@pytest.fixture
def lines(integration, caplog):
    """Return what the audit log says of settings."""
    caplog.set_level("INFO", LOG)
    return lambda: [one for one in caplog.messages if "setting-changed" in one]


def test_a_change_names_the_setting_and_hides_who_it_was(lines):
    settings().counter_four_eyes = not settings().counter_four_eyes
    [line] = lines()
    assert "setting=counter_four_eyes by=" in line
    assert api.user.get_current().getId() not in line


def test_the_value_is_not_told(lines):
    api.portal.set_registry_record("collective.servicekonto.eid.key", "/geheim/key.pem")
    [line] = lines()
    assert "setting=eid.key" in line
    assert "geheim" not in line


def test_saving_what_is_there_is_no_change(lines):
    settings().counter_four_eyes = settings().counter_four_eyes
    assert lines() == []


def test_other_settings_of_the_site_are_not_ours(lines):
    api.portal.set_registry_record("plone.site_title", "Musterstadt")
    assert lines() == []
