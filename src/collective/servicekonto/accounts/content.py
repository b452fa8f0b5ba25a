"""The content type Servicekonto. It is kept in the store, never in the catalog."""

from collections.abc import Mapping
from collective.servicekonto import _
from plone.dexterity.content import Item
from plone.supermodel import model
from types import MappingProxyType
from typing import Any
from zope import schema
from zope.interface import implementer
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


SALUTATIONS = SimpleVocabulary(
    [
        SimpleTerm("", "none", _("not specified")),
        SimpleTerm("frau", "frau", _("Ms")),
        SimpleTerm("herr", "herr", _("Mr")),
    ]
)


class IServicekonto(model.Schema):
    """What a citizen entered when registering."""

    salutation = schema.Choice(
        title=_("Form of address"), vocabulary=SALUTATIONS, required=False
    )
    given_names = schema.TextLine(title=_("Given names"))
    family_name = schema.TextLine(title=_("Family name"))
    email = schema.TextLine(title=_("E-mail address"))


@implementer(IServicekonto)
class Servicekonto(Item):
    """A citizen's account.

    ``password_hash``  Argon2id hash
    ``confirmed``      references of the declarations that were confirmed, each
                       with the time, epoch seconds
    ``language``       in which the citizen registered
    ``registered``     epoch seconds
    ``activate_until`` epoch seconds; the account is deleted then if still pending
    ``credentials``    counts up with every change of the means to log in
    ``last_login_day`` ordinal of the day of the last log-in, 0 for never
    ``evidence``       attribute → trust level, source, since (epoch seconds)
    ``rows``           type of rows → its rows, each a mapping
    ``revision``       counts the changes of the attributes
    ``passkeys``       see accounts.means
    ``user_handle``    names the account to passkeys, random
    """

    salutation = ""
    password_hash: str
    confirmed: tuple[tuple[str, int], ...] = ()
    language = "de"
    registered = 0
    activate_until = 0
    credentials = 0
    last_login_day = 0
    evidence: Mapping[str, tuple[str, str, int]] = MappingProxyType({})
    rows: Mapping[str, tuple[dict[str, Any], ...]] = MappingProxyType({})
    revision = 0
    passkeys: tuple[tuple[Any, ...], ...] = ()
    user_handle = b""

    def indexObject(self) -> None:
        """Citizens' data are never catalogued."""

    def reindexObject(self, idxs=()) -> None:
        """Citizens' data are never catalogued."""

    def reindexObjectSecurity(self, skip_self=False) -> None:
        """Citizens' data are never catalogued."""

    def unindexObject(self) -> None:
        """Citizens' data are never catalogued."""
