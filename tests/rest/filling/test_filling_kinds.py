"""Values of every kind that a program can send come back as they were sent."""

from collective.servicekonto.services.applications import service as services
from tests.rest.filling.conftest import applications
from tests.rest.filling.conftest import field
from tests.rest.filling.conftest import FILLING
from tests.rest.filling.conftest import of_form
from tests.services.filling.forms import HEAD


def one(name, kind, more=""):
    """Return the XML of an optional field."""
    return (
        f'<field name="{name}" type="{kind}"><title>{name}</title>'
        f"<required>False</required>{more}</field>"
    )


OPTIONS = "<values><element>Rot</element><element>Grün</element></values>"
CHOICE = f'<value_type type="zope.schema.Choice">{OPTIONS}</value_type>'
LINE = '<value_type type="zope.schema.TextLine"/>'
LIKERT = (
    "<questions><element>Wege</element><element>Licht</element></questions>"
    "<answers><element>gut</element><element>schlecht</element></answers>"
)

MODEL = "".join(
    [
        HEAD,
        one("line", "zope.schema.TextLine", "<max_length>10</max_length>"),
        one("text", "zope.schema.Text"),
        one("yes_no", "zope.schema.Bool"),
        one("integer", "zope.schema.Int", "<min>1</min>"),
        one("number", "zope.schema.Float"),
        one("decimal", "zope.schema.Decimal"),
        one("date", "zope.schema.Date"),
        one("datetime", "zope.schema.Datetime"),
        one("choice", "zope.schema.Choice", OPTIONS),
        one("choices", "zope.schema.Set", CHOICE),
        one("lines", "zope.schema.List", LINE),
        one("likert", "collective.easyform.fields.Likert", LIKERT),
        "</schema></model>",
    ]
)

EVERY_KIND = of_form(fields_model=MODEL, mapping=())


def options(answer, name):
    """Return what stands for the options."""
    return [one["value"] for one in field(answer, name)["options"]]


@EVERY_KIND
def test_every_kind(erika):
    found = erika.reads()
    values = {
        "line": "Łucja",
        "text": "Zeile 1\nZeile 2",
        "yes_no": True,
        "integer": 1234,
        "number": 2.5,
        "decimal": "2.50",
        "date": "2026-03-31",
        "datetime": "2026-03-31T08:30:00",
        "choice": options(found, "choice")[1],
        "choices": options(found, "choices"),
        "lines": ["Rex", "Waldi"],
        "likert": ["gut", None],
    }
    answer = erika.types(**values)
    assert answer.status_code == 200
    for name in values:
        assert field(answer, name)["kind"] == name
        assert field(answer, name)["problem"] is None
    back = {name: field(answer, name)["value"] for name in values}
    assert float(back.pop("decimal")) == float(values.pop("decimal"))
    assert back == values
    assert erika.sends(answer).status_code == 201
    [application] = map(services.query, applications())
    texts = {one.field: one.text for one in application.answers}
    assert texts["choice"] == "Grün"
    assert texts["date"] == "31.03.2026"
    empty = dict.fromkeys(values)
    answer = erika.types(**empty)
    for name in values.keys() - {"yes_no", "likert"}:
        assert field(answer, name)["value"] in (None, [])


WRONG = [
    ("integer", 10**400),
    ("number", 10**400),
    ("decimal", "1e5000"),
    ("yes_no", "selected"),
    ("yes_no", 1),
    ("integer", 1.5),
    ("integer", "1"),
    ("integer", True),
    ("number", "2.5"),
    ("number", 0.123456789),
    ("decimal", "much"),
    ("decimal", "Infinity"),
    ("date", "31.03.2026"),
    ("date", 20260331),
    ("datetime", "2026-03-31T08:30:00+02:00"),
    ("choice", "--NOVALUE--"),
    ("choice", ["Rot"]),
    ("choices", "Rot"),
    ("choices", ["Blau"]),
    ("lines", ["Rex\nWaldi"]),
    ("lines", [1]),
    ("likert", ["gut"]),
    ("likert", ["mittel", None]),
    ("likert", "1: gut"),
]


@EVERY_KIND
def test_what_has_another_form_is_refused(erika):
    for name, value in WRONG:
        answer = erika.types(**{name: value})
        assert answer.status_code == 400
        assert list(answer.json()["problems"]) == [name]


@EVERY_KIND
def test_a_number_without_end_is_refused(erika):
    body = '{"fields": {"number": {"value": 1e999}}}'
    answer = erika.client.patch(
        f"{erika.address}/{FILLING}",
        data=body,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 400
    assert list(answer.json()["problems"]) == ["number"]


@EVERY_KIND
def test_what_is_wrong_in_itself_is_kept_and_told(erika):
    answer = erika.types(line="x" * 11, integer=0)
    for name, text in (("line", "x" * 11), ("integer", "0")):
        found = field(answer, name)
        assert found["problem"]
        assert found["value"] is None
        assert found["entered"] == [text]
