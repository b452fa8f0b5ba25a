"""What proves who sends a request: its header, or a cookie that browsers send unasked."""

from AccessControl import getSecurityManager
from Acquisition import aq_parent
from Products.PluggableAuthService.interfaces.authservice import IPluggableAuthService
from typing import Any


def is_proven_by_header(request: Any, *schemes: str) -> bool:
    """Tell whether the Authorization header alone proves who the present user is.

    ``schemes`` are those that count, in lower case. A header that proves nothing, or
    somebody else, says nothing about a user whom a cookie lets in.
    """
    scheme, _blank, _rest = (request._auth or "").partition(" ")
    user = getSecurityManager().getUser()
    user_folder = aq_parent(user)
    is_known = IPluggableAuthService.providedBy(user_folder)
    if not is_known or scheme.lower() not in schemes:
        return False
    # A clone has no form, and without its cookies nothing but the header.
    bare = request.clone()
    bare.cookies.clear()
    found = user_folder._extractUserIds(bare, user_folder.plugins)
    return user.getId() in [user_id for user_id, _login in found]
