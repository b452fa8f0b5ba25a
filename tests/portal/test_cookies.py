"""Cookies over https belong to this host alone."""

from collective.servicekonto.portal.cookies import expire_cookie
from collective.servicekonto.portal.cookies import get_cookie
from collective.servicekonto.portal.cookies import set_cookie
import pytest


@pytest.fixture
def request_over(functional, site):
    """Returns a request to a portal with this public address."""

    def make(public_url):
        site.buergerportal.public_url = public_url
        return functional["request"]

    return make


def test_over_https_no_other_host_can_plant_one(request_over):
    request = request_over("https://www.musterstadt.example/portal")
    set_cookie(request, "servicekonto_form", "x")
    cookie = request.response.cookies["__Host-servicekonto_form"]
    assert (cookie["Path"], cookie["Secure"]) == ("/", True)
    assert "Domain" not in cookie
    request.cookies["servicekonto_form"] = "planted"
    assert get_cookie(request, "servicekonto_form") == ""
    request.cookies["__Host-servicekonto_form"] = "own"
    assert get_cookie(request, "servicekonto_form") == "own"
    expire_cookie(request, "servicekonto_form")


def test_on_the_own_machine_the_name_is_plain(request_over):
    request = request_over("http://localhost:8080/portal")
    request.cookies["servicekonto_form"] = "own"
    assert get_cookie(request, "servicekonto_form") == "own"
