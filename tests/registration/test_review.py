"""The page on which a citizen checks everything before registering."""

from plone.testing.zope import Browser
from tests.factories import entries
import pytest
import transaction


@pytest.fixture
def review(functional, site, clock):
    """The page, with all details filled in."""
    transaction.commit()
    browser = Browser(functional["app"])
    browser.addHeader("X-Forwarded-For", "127.0.0.1")
    browser.open(f"{site.buergerportal.absolute_url()}/registrieren")
    browser.getControl(name="buttons.next").click()
    browser.getControl(name="buttons.next").click()
    for name, text in entries().items():
        if name != "salutation":
            browser.getControl(name=name).value = text
    browser.getControl(name="buttons.next").click()
    return browser


def test_the_level_that_deleting_needs_is_told_before_registering(review):
    assert review.url.endswith("registrieren-pruefen")
    assert "You can delete your Servicekonto at any time." in review.contents
    assert "trust level: niedrig" in review.contents
    assert "trust level: substanziell" in review.contents
