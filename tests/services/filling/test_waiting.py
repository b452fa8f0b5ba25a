"""A form that was begun without logging in waits in its browser, and pages say so."""

from tests.services.filling.test_shared_computer import max_
import pytest


__all__ = ["max_"]

WAITS = "A form was begun in this browser without logging in"


@pytest.mark.parametrize("page", ["", "dienste"])
def test_the_way_back_asks_first_who_it_is(max_, page):
    max_.opens(page)
    assert WAITS in max_.contents
    assert "Hundesteuer" in max_.contents
    max_.getLink("To this form").click()
    assert WAITS in max_.contents
    assert "Muster" not in max_.contents
    max_.goes("beginnen")
    assert "somebody has begun this form and not sent it" in max_.contents


def test_nothing_is_said_in_another_browser(max_, new_browser):
    other = new_browser()
    for page in ("", "dienste", "anmelden", "hundesteuer"):
        other.opens(page)
        assert WAITS not in other.contents


def test_the_log_in_takes_it_along(max_):
    max_.opens("anmelden")
    assert WAITS in max_.contents
    max_.getLink("Log in and take these entries along").click()
    assert WAITS not in max_.contents
    assert "Then we take you to the page that you wanted" in max_.contents


def test_who_has_logged_in_takes_it_along_as_well(max_):
    max_.logs_in()
    max_.opens("")
    max_.getLink("Take these entries along").click()
    assert max_.url.endswith("entwurf-uebernehmen?dienst=" + max_.url[-32:])
    assert "Take your entries along" in max_.contents


def test_what_is_deleted_does_not_wait(max_):
    max_.posts("ausfuellen", was="verwerfen")
    max_.opens("")
    assert WAITS not in max_.contents


def test_the_path_names_the_service_once(max_):
    max_.reads("ausfuellen?seite=1")
    path = max_.contents.partition('id="portal-breadcrumbs"')[2].partition("</nav>")[0]
    assert path.count("Hundesteuer") == 1
