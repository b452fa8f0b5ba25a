"""Of the two ways into the AusweisApp, that of the device in hand is the main one."""

from pathlib import Path
import collective.servicekonto
import pytest
import re


PACKAGE = Path(collective.servicekonto.__path__[0])
CSS = (PACKAGE / "static" / "servicekonto.css").read_text(encoding="utf-8")
START = (PACKAGE / "eid" / "start.pt").read_text(encoding="utf-8")
LINKS = re.findall(r'<a class="(btn [^"]*servicekonto-for-[^"]*)"', START)

# What the theme makes of them.
THEME = """
.btn-primary { background-color: rgb(0, 123, 177); color: #fff; }
.btn-outline-primary { background-color: transparent; color: rgb(0, 123, 177); }
"""
CLEAR = "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize(
    ("device", "main"), [({}, 0), ({"has_touch": True, "is_mobile": True}, 1)]
)
def test_one_of_them_is_filled(new_page, device, main):
    assert len(LINKS) == 2
    page = new_page(**device)
    links = "".join(f'<a class="{css}" href="#">Open</a>' for css in LINKS)
    page.set_content(
        f'<style>{THEME}{CSS}</style><div class="servicekonto">{links}</div>'
    )
    fills = page.locator("a").evaluate_all(
        "links => links.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert [one != CLEAR for one in fills] == [number == main for number in range(2)]
