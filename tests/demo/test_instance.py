"""The configuration of the demo is written for the place where it runs."""

from collective.servicekonto.demo.instance import Instance
from configparser import RawConfigParser
import pytest


@pytest.fixture
def instance(tmp_path):
    instance = Instance(var=tmp_path / "ein Verzeichnis", port=8123)
    instance.write()
    return instance


def test_the_site_has_an_address_on_this_machine(instance):
    assert instance.address == "http://localhost:8123/Plone"


def test_what_happens_is_logged_below_the_chosen_directory(instance):
    settings = RawConfigParser()
    settings.read(instance.wsgi_ini, encoding="utf-8")
    log = instance.home / "log" / "event.log"
    assert settings["handler_eventlog"]["args"] == f"(r'{log}', 'a')"


def test_data_lie_below_the_chosen_directory(instance):
    zope_conf = (instance.home / "etc" / "zope.conf").read_text(encoding="utf-8")
    assert f"%define HOME {instance.home}\n" in zope_conf
    assert "path $HOME/Data.fs" in zope_conf
    assert "blob-dir $HOME/blobs" in zope_conf
    assert f"SERVICEKONTO_DEMO_MAILS {instance.mails}\n" in zope_conf


def test_writing_again_keeps_the_data(instance):
    data = instance.home / "Data.fs"
    data.write_bytes(b"data")
    instance.write()
    assert data.read_bytes() == b"data"
