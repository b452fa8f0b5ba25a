"""A declaration has a new version when citizens would read something else."""

from collective.servicekonto.portal.declarations import current_declarations
from collective.servicekonto.testing import rich_text
import pytest
import zope.event
import zope.lifecycleevent


WORDING = '<p>Wir schützen Ihre\nDaten.</p>\n<p>Mehr im <a href="x">Rathaus</a>.</p>'


@pytest.fixture
def portal(integration, site):
    """A portal with a declaration in its first version."""
    portal = site.buergerportal
    change(portal, WORDING)
    return portal


def change(portal, html):
    """Change the declaration, as the edit form does; return its version."""
    portal.privacy_declaration = rich_text(html)
    zope.event.notify(zope.lifecycleevent.ObjectModifiedEvent(portal))
    return current_declarations(portal)[0].version


@pytest.mark.parametrize(
    "same",
    [
        WORDING,
        WORDING.replace("\n", "\r\n"),
        WORDING.replace("\n", " "),
        WORDING.replace("</p>\n<p>", "</p><p>"),
        WORDING.replace("ü", "&uuml;"),
        f"\n{WORDING}\n",
    ],
)
def test_another_way_to_write_the_same_is_no_new_version(portal, same):
    before = current_declarations(portal)
    change(portal, same)
    assert current_declarations(portal) == before


@pytest.mark.parametrize(
    "other",
    [
        WORDING.replace("schützen", "verkaufen"),
        WORDING.replace('"x"', '"y"'),
        WORDING.replace("Wir", "<strong>Wir</strong>"),
        WORDING + "<p>Vielleicht.</p>",
    ],
)
def test_another_wording_is_a_new_version(portal, other):
    before = current_declarations(portal)[0].version
    assert change(portal, other) == before + 1
