"""Interfaces that the whole add-on shares."""

from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IServicekontoLayer(IDefaultBrowserLayer):
    """Marks requests to sites in which the add-on is installed."""
