"""The PAS plugin: lets citizens into Plone, and only with a session of ours.

It finds accounts by their exact id alone. Neither Plone's own password reset nor
its mail forms can find a citizen, so they cannot tell whether one exists.
"""

from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from collective.servicekonto.accounts import activity
from collective.servicekonto.accounts import bearer
from collective.servicekonto.accounts import login
from collective.servicekonto.accounts import sessions
from collective.servicekonto.accounts import staff
from collective.servicekonto.accounts.cookies import expire_ticket
from collective.servicekonto.accounts.cookies import get_ticket
from collective.servicekonto.accounts.cookies import set_ticket
from collective.servicekonto.accounts.service import is_active
from collective.servicekonto.accounts.service import query_account
from collective.servicekonto.clock import now
from collective.servicekonto.portal.viewlets import CITIZEN
from plone.protect.interfaces import IDisableCSRFProtection
from Products.PlonePAS.plugins.ufactory import PloneUser
from Products.PluggableAuthService.interfaces import plugins
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from Products.PluggableAuthService.UserPropertySheet import UserPropertySheet
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest
from zope.interface import alsoProvides
from zope.interface import implementer


# Annotation of a request: the session in which the citizen sent it.
_SESSION = "collective.servicekonto.session"

_LOGIN_FORM = "credentials_cookie_auth"

AUTHENTICATED = "Authenticated"


def current_session() -> sessions.Session | None:
    """Return the session of the present request, or None."""
    request = getRequest()
    if request is None:
        return None
    return IAnnotations(request).get(_SESSION)


def remember_session(request, session: sessions.Session) -> None:
    """Note that the request is sent in this session from now on."""
    IAnnotations(request)[_SESSION] = session


class CitizenUser(PloneUser):
    """A citizen in Plone's user folder.

    Citizens do not have the role Authenticated: Plone lets it see the toolbar and
    edit a member's own properties, which are stored outside our store.
    """

    def _addRoles(self, roles=()) -> None:
        super()._addRoles([role for role in roles if role != AUTHENTICATED])

    def allowed(self, object, object_roles=None):
        """Tell whether the citizen has one of the roles on the object."""
        if isinstance(object_roles, list | tuple):
            object_roles = [role for role in object_roles if role != AUTHENTICATED]
        return super().allowed(object, object_roles)


@implementer(
    plugins.IAuthenticationPlugin,
    plugins.ICredentialsResetPlugin,
    plugins.IExtractionPlugin,
    plugins.IPropertiesPlugin,
    plugins.IRolesPlugin,
    plugins.IUserEnumerationPlugin,
    plugins.IUserFactoryPlugin,
)
class ServicekontoPlugin(BasePlugin):
    """Citizens in Plone's user folder."""

    meta_type = "Servicekonto Plugin"
    security = ClassSecurityInfo()

    def __init__(self, plugin_id: str, title: str = "") -> None:
        self._setId(plugin_id)
        self.title = title

    @security.private
    def extractCredentials(self, request) -> dict:
        """Return the ticket from the cookie or the Authorization header."""
        ticket = _bearer_ticket(request)
        if ticket is not None:
            return {"ticket": ticket, "renewable": False}
        ticket = get_ticket(request)
        return {} if ticket is None else {"ticket": ticket, "renewable": True}

    @security.private
    def authenticateCredentials(self, credentials) -> tuple[str, str] | None:
        """Return the id of the account that is logged in, twice, or None.

        The log-in name is the id as well, so that no address gets into logs.
        """
        if credentials.get("extractor") == self.getId():
            return self._with_ticket(credentials)
        if credentials.get("extractor") == _LOGIN_FORM:
            return self._with_password(credentials)
        if credentials.get("extractor") == staff.BASIC:
            return staff.check(getRequest(), self, credentials, now())
        return None

    def _with_ticket(self, credentials) -> tuple[str, str] | None:
        moment = now()
        session = sessions.resolve(credentials["ticket"], moment)
        request = getRequest()
        if session is None:
            # The browser keeps the ticket: it opens nothing any more, but says whose
            # form this is, so that what was typed is not lost.
            return None
        remember_session(request, session)
        activity.seen.note(session.key, moment)
        fresh = sessions.renewed(session, moment)
        if credentials["renewable"] and fresh is not None and _is_page(request):
            set_ticket(request, fresh)
        return session.account_id, session.account_id

    def _with_password(self, credentials) -> tuple[str, str] | None:
        request = getRequest()
        if request.method != "POST":
            return None
        address, password = credentials.get("login"), credentials.get("password")
        member = staff.check(request, self, credentials, now())
        if member is not None:
            return member
        account = login.check_once(request, address, password, now())
        return None if account is None else (account.id, account.id)

    @security.private
    def resetCredentials(self, request, response) -> None:
        """End the session of the request at once."""
        session = current_session()
        if session is not None:
            # Plone logs out with GET, which its CSRF protection would undo.
            alsoProvides(request, IDisableCSRFProtection)
            login.log_out(session, now())
        expire_ticket(request)

    @security.private
    def getPropertiesForUser(self, user, request=None):
        """Return name and address, to the session of the account itself only."""
        session = current_session()
        if session is None or session.account_id != user.getId():
            return {}
        account = query_account(session.account_id)
        return UserPropertySheet(
            self.getId(),
            fullname=f"{account.given_names} {account.family_name}",
            email=account.email,
            language=account.language,
        )

    @security.private
    def getRolesForPrincipal(self, principal, request=None) -> tuple[str, ...]:
        """Return the role of a citizen, in a session of the active account only.

        Whoever comes with a ticket or token of Plone's own has no role.
        """
        session = current_session()
        if session is None or session.account_id != principal.getId():
            return ()
        account = query_account(session.account_id)
        return (CITIZEN,) if account is not None and is_active(account) else ()

    @security.private
    def createUser(self, user_id, name):
        """Return the user object of an account, None for everybody else."""
        account = query_account(user_id)
        return None if account is None else CitizenUser(user_id, name)

    @security.private
    def enumerateUsers(
        self,
        id=None,
        login=None,
        exact_match=False,
        sort_by=None,
        max_results=None,
        **criteria,
    ) -> tuple[dict[str, str], ...]:
        """Return the account with exactly this id, and nothing for any search."""
        if not exact_match or not isinstance(id, str) or login is not None:
            return ()
        if query_account(id) is None:
            return ()
        return ({"id": id, "login": id, "pluginid": self.getId()},)


InitializeClass(ServicekontoPlugin)


def _is_page(request) -> bool:
    # Scripts and pictures may be kept by shared caches, with their cookies.
    return "text/html" in (request.getHeader("Accept") or "")


def _bearer_ticket(request) -> sessions.Ticket | None:
    scheme, _blank, token = (request._auth or "").partition(" ")
    return bearer.decode(token.strip()) if scheme.lower() == "bearer" else None
