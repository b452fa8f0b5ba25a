"""What runs in a form on its own does not get the session of the citizen."""

from collective.servicekonto.accounts.cookies import SESSION_COOKIE
from collective.servicekonto.services.veiling import veiled
from tests.services.filling.forms import add_service
from tests.services.filling.forms import FIELDS
from tests.services.filling.test_bad_luck import change
from tests.services.filling.test_bad_luck import SCRIPT
import pytest
import transaction


SPY = " + ".join(
    [
        "'spy'",
        "str(request.cookies)",
        "str(request.get('HTTP_COOKIE'))",
        "str(request.environ)",
        "str(request.get('servicekonto_session'))",
        "str(request.RESPONSE.cookies)",
        "str(here.REQUEST.cookies)",
        "str(request.retry().environ)",
        "str(request.clone().environ)",
    ]
)
SPYING = FIELDS.replace(
    '<field name="telephone"',
    f'<field name="telephone" easyform:TDefault="python:{SPY}"',
)


@pytest.fixture
def service(site, office):
    """A form in which an expression looks at the request."""
    return add_service(site, office, fields_model=SPYING)


def ticket(browser):
    """Return the secret of the session."""
    return browser.cookies[SESSION_COOKIE].strip('"').split(".")[1]


def test_an_expression_finds_no_ticket(erika):
    erika.begins()
    found = erika.field("telephone").value
    assert found.startswith("spy{}")
    assert ticket(erika) not in found
    assert "servicekonto_form" not in found


def test_the_form_works_all_the_same(erika):
    erika.begins()
    token = erika.getControl(name="csrf", index=0).value
    erika.reads("ausfuellen?seite=1")
    assert erika.getControl(name="csrf", index=0).value == token
    erika.types(telephone="030 1234")
    erika.goes_on()
    assert erika.step == "ausfuellen?seite=2"


def test_a_validator_finds_no_ticket(erika, service):
    spying = FIELDS.replace(
        '<field name="telephone"',
        '<field name="telephone" easyform:TValidator="python:str(request.cookies)"',
    )
    service.fields_model = spying
    transaction.commit()
    erika.begins()
    erika.types(telephone="1")
    erika.goes_on()
    assert "{}" in erika.contents
    assert ticket(erika) not in erika.contents


def test_a_script_finds_no_ticket(erika, service):
    body = "return {'dog_name': 'spy' + str(context.REQUEST.cookies)}"
    change(service, fields_model=FIELDS, actions_model=SCRIPT.format(body=body))
    erika.fills_in_everything()
    erika.sends()
    assert "spy{}" in erika.contents
    assert ticket(erika) not in erika.contents


def test_everything_is_there_again_also_after_an_error(functional, site):
    request = site.REQUEST
    request.cookies["a"] = "secret"
    request.environ["HTTP_COOKIE"] = "a=secret"

    def stumbles():
        with veiled(request):
            assert request.get("a") is None
            assert request.get("HTTP_COOKIE") == ""
            request.response.setCookie("b", "new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumbles()
    assert request.cookies["a"] == "secret"
    assert request.environ["HTTP_COOKIE"] == "a=secret"
    assert "b" in request.response.cookies
