"""The pages of the demo town, as an existing municipal site has them."""

from collections.abc import Sequence
from collective.servicekonto.demo import texts
from collective.servicekonto.demo.offices import add_offices
from collective.servicekonto.demo.services import add_services
from collective.servicekonto.demo.texts import Page
from pathlib import Path
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.formwidget.namedfile.converter import b64encode_file
from typing import Any


def build_pages(setup_tool: Any) -> None:
    """Fill the site (called by GenericSetup after the profile demo)."""
    site = api.portal.get()
    _add_pages(site, [texts.WELCOME])
    site.setDefaultPage(texts.WELCOME.id)
    site[texts.WELCOME.id].exclude_from_nav = True
    site[texts.WELCOME.id].reindexObject()
    for section in texts.SECTIONS:
        folder = _add(site, "Folder", section.front.id, section.front.title)
        _add_pages(folder, [section.front, *section.pages])
        folder.setDefaultPage(section.front.id)
    _add_buergerportal(site)
    logo = Path(__file__).with_name("logo.svg")
    api.portal.set_registry_record(
        "plone.site_logo", b64encode_file(logo.name, logo.read_bytes())
    )


def _add_pages(container: Any, pages: Sequence[Page]) -> None:
    for page in pages:
        _add(
            container,
            page.portal_type,
            page.id,
            page.title,
            description=page.description,
            text=_rich(page.text),
        )


def _add_buergerportal(site: Any) -> None:
    portal = api.content.create(
        site,
        "Buergerportal",
        id="buergerportal",
        title="Bürgerportal",
        description=texts.PORTAL_DESCRIPTION,
        text=_rich(texts.PORTAL_TEXT),
        public_url=f"{site.absolute_url()}/buergerportal",
        sender_name="Stadt Musterstadt",
        sender_address="buergerportal@musterstadt.example",
        contact="Bürgerbüro Musterstadt, Telefon 00000 1234",
        privacy_declaration=_rich(texts.PRIVACY),
        terms_of_use=_rich(texts.TERMS),
    )
    api.content.transition(portal, "open")
    add_offices(portal)
    add_services(portal)


def _add(container: Any, portal_type: str, id_: str, title: str, **values: Any) -> Any:
    content = api.content.create(container, portal_type, id=id_, title=title, **values)
    api.content.transition(content, "publish")
    return content


def _rich(html: str) -> RichTextValue:
    return RichTextValue(html, "text/html", "text/x-html-safe")
