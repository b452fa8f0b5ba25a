"""Viewlets of every page that say something to few people."""

from plone.app.layout.viewlets.common import ViewletBase


class SilentViewlet(ViewletBase):
    """Renders its template where it is available; elsewhere nobody waits for it."""

    @property
    def available(self) -> bool:
        """Tell whether there is something to say."""
        raise NotImplementedError

    def render(self) -> str:
        """Return the template, or nothing."""
        return str(super().render()) if self.available else ""
