"""The OpenAPI description is valid, complete and true."""

from collective.servicekonto.interfaces import IServicekontoLayer
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from tests.rest.examples import DIRECTORY
from zope.component import getGlobalSiteManager
from zope.interface.ro import ro
import json
import pytest
import re
import yaml


DESCRIPTION = yaml.safe_load(
    DIRECTORY.with_name("openapi.yaml").read_text(encoding="utf-8")
)
EXAMPLES = sorted(path.stem for path in DIRECTORY.glob("*.req"))
METHODS = ("get", "post", "put", "patch", "delete")


def test_the_description_is_valid():
    validate(DESCRIPTION)


def registered_services():
    """Return method and name of every service that the add-on registers."""
    for registry in ro(getGlobalSiteManager()):
        for adapter in registry.registeredAdapters():
            method, _blank, name = adapter.name.partition("_application_json_")
            if IServicekontoLayer in adapter.required and name.startswith("@"):
                yield method.lower(), f"/{name}"


# Plone describes it; ours only refuses it to citizens.
PLONES_OWN = {("patch", "/@users")}


def test_every_service_is_described_and_no_other(served):
    described = {
        (method, path.partition("/{")[0])
        for path, operations in DESCRIPTION["paths"].items()
        for method in METHODS
        if method in operations
    }
    assert set(registered_services()) - PLONES_OWN == described


def read(name, suffix):
    """Return the words of the first line, the headers and the body of an example."""
    text = (DIRECTORY / f"{name}.{suffix}").read_text(encoding="utf-8")
    head, _blank, body = text.partition("\n\n")
    first, *lines = head.splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    is_json = body and body != "CONTENT\n"
    return first.split(), headers, json.loads(body) if is_json else None


def resolved(part):
    """Return a part of the description, followed if it refers to another."""
    if "$ref" not in part:
        return part
    found = DESCRIPTION
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def template(url):
    """Return the described path of an address, whatever ids are part of it."""
    for path, operations in DESCRIPTION["paths"].items():
        server = operations.get("servers", DESCRIPTION["servers"])[0]["url"]
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(server + path))
        if re.fullmatch(pattern, url.partition("?")[0]):
            return path
    raise LookupError(url)


def operation(method, url):
    """Return what is described for an address."""
    return DESCRIPTION["paths"][template(url)][method.lower()]


def validator(content):
    """Return the validator of a body of JSON."""
    schema = content["application/json"]["schema"]
    return Draft202012Validator(schema | {"components": DESCRIPTION["components"]})


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_answer_is_as_described(name):
    (method, url, _version), _headers, _body = read(name, "req")
    (_version, status, *_reason), headers, body = read(name, "resp")
    answer = resolved(operation(method, url)["responses"][status])
    assert "content" in answer or body is None
    if body is not None:
        assert headers["Content-Type"] == "application/json"
        validator(answer["content"]).validate(body)


REFUSED_FOR_THEIR_FORM = {"malformed", "messages-post-key-missing", "not-json"}


@pytest.mark.parametrize("name", sorted({*EXAMPLES} - REFUSED_FOR_THEIR_FORM))
def test_a_request_is_as_described(name):
    (method, url, _version), headers, body = read(name, "req")
    described = operation(method, url)
    if body is not None:
        validator(described["requestBody"]["content"]).validate(body)
    needed = {
        parameter["name"]
        for parameter in map(resolved, described.get("parameters", []))
        if parameter["in"] == "header" and parameter["required"]
    }
    assert needed <= headers.keys()
    assert bool(described.get("security")) == ("Authorization" in headers)


def test_every_service_has_an_example():
    requests = [read(name, "req")[0] for name in EXAMPLES]
    seen = {(method.lower(), template(url)) for method, url, _version in requests}
    for path, operations in DESCRIPTION["paths"].items():
        for method in operations.keys() & METHODS:
            assert (method, path) in seen
