"""Citizens are no members: Plone's own data about members stay empty for them.

Plone would let everybody who is logged in store texts and a portrait beside the
account, where neither its export nor its deletion finds them.
"""

from collective.servicekonto import _
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.portal.viewlets import is_citizen
from plone.restapi.services.users.update import UsersPatch
from zope.i18n import translate


class MembersPatch(UsersPatch):
    """PATCH @users: as Plone does it, but not for citizens and not by them."""

    def reply(self):
        """Change the member, or answer 403."""
        target = self.params[0] if self.params else ""
        if not is_citizen() and query_account(target) is None:
            return super().reply()
        self.request.response.setStatus(403)
        message = _("A Servicekonto is managed in Mein Bereich only.")
        text = translate(message, context=self.request)
        return {"error": {"type": "Forbidden", "message": text}}
