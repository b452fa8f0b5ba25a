"""How tests read and use the pages of the Postfach."""

from lxml import html
import transaction


def subjects(browser):
    """Return the subjects in the list."""
    return [one.text_content() for one in _page(browser).xpath("//h3/a")]


def current_folder(browser):
    """Return the name of the folder that is said to be open."""
    [link] = _page(browser).xpath("//nav//a[@aria-current][contains(@href, 'ordner')]")
    return link.text_content().split()[0]


def notice(browser):
    """Return what was said about what was done."""
    return " ".join(_page(browser).xpath("string(//*[@id='notice'])").split())


def problems(browser):
    """Return what has to be corrected."""
    return " ".join(_page(browser).xpath("string(//*[@id='errors'])").split())


def tick(browser, *messages):
    """Tick the messages in the list."""
    transaction.begin()
    browser.getControl(name="nachricht").value = [one.id for one in messages]


def press(browser, text):
    """Press the button with this text."""
    browser.getControl(text).click()
    transaction.begin()


def text_of(browser):
    """Return the words of the page's content."""
    [content] = _page(browser).xpath("//div[contains(@class, 'servicekonto')][h1]")
    return " ".join(content.text_content().split())


def status(browser):
    """Return the status code."""
    return int(browser.headers["status"].partition(" ")[0])


def _page(browser):
    return html.fromstring(browser.contents)
