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


COUNTRIES = "collective.servicekonto.Countries"


class IServicekonto(model.Schema):
    """What a citizen states: when registering, and later in the profile.

    These are the data of a natural person that OZG §8 (1) names. A webmaster adds
    fields to the type in the site's type editor.
    """

    salutation = schema.Choice(
        title=_("Form of address"), vocabulary=SALUTATIONS, required=False
    )
    doctoral_degree = schema.TextLine(
        title=_("Doctoral degree"),
        description=_("As in your identity document, for example Dr."),
        required=False,
        max_length=40,
    )
    given_names = schema.TextLine(
        title=_("Given names"),
        description=_("All of them, as in your identity document."),
    )
    family_name = schema.TextLine(title=_("Family name"))
    birth_name = schema.TextLine(
        title=_("Name at birth"),
        description=_("Only if it is not your family name."),
        required=False,
    )
    date_of_birth = schema.TextLine(
        title=_("Date of birth"),
        description=_(
            "For example 24.12.1950. If you do not know day or month, enter the year "
            "alone."
        ),
        required=False,
    )
    place_of_birth = schema.TextLine(title=_("Place of birth"), required=False)
    nationality = schema.Choice(
        title=_("Nationality"), vocabulary=COUNTRIES, required=False
    )
    street = schema.TextLine(title=_("Street and house number"), required=False)
    postal_code = schema.TextLine(title=_("Postcode"), required=False)
    city = schema.TextLine(title=_("Town"), required=False)
    country = schema.Choice(title=_("Country"), vocabulary=COUNTRIES, required=False)
    telephone = schema.TextLine(
        title=_("Telephone"),
        description=_("For example +49 30 123456."),
        required=False,
    )
    email = schema.TextLine(title=_("E-mail address"))


class Uncatalogued(Item):
    """Content that is kept in the store and never catalogued."""

    def indexObject(self) -> None:
        """Citizens' data are never catalogued."""

    def reindexObject(self, idxs=()) -> None:
        """Citizens' data are never catalogued."""

    def reindexObjectSecurity(self, skip_self=False) -> None:
        """Citizens' data are never catalogued."""

    def unindexObject(self) -> None:
        """Citizens' data are never catalogued."""


@implementer(IServicekonto)
class Servicekonto(Uncatalogued):
    """A citizen's account.

    ``password_hash``  Argon2id hash
    ``confirmed``      references of the declarations that were confirmed, each
                       with the time, epoch seconds
    ``language``       in which the citizen registered
    ``registered``     epoch seconds
    ``activate_until`` epoch seconds; the account is deleted then if still pending
    ``pending_email``  see selfservice.email.change
    ``former_emails``  see selfservice.email.change
    ``delete_at``      epoch seconds; when a locked account is deleted, else 0
    ``warned``         see selfservice.deletion.inactivity
    ``look_at``        epoch seconds; when it is seen next whether the account is used
    ``credentials``    counts up with every change of the means to log in
    ``last_login_day`` ordinal of the day of the last log-in, or on which a link of
                       ours was followed; 0 for never
    ``evidence``       attribute → trust level, source, since (epoch seconds)
    ``rows``           type of rows → its rows, each a mapping
    ``revision``       counts the changes of the attributes
    ``passkeys``       see accounts.means
    ``user_handle``    names the account to passkeys, random
    ``card``           see accounts.cards
    ``refused_cards``  keyed hashes of blocked cards that another took the place of
    ``pending_card``   keyed hash of the card that was read while registering, until the
                       account is activated
    """

    salutation = ""
    password_hash: str
    confirmed: tuple[tuple[str, int], ...] = ()
    language = "de"
    registered = 0
    activate_until = 0
    pending_email: tuple[Any, ...] = ()
    former_emails: tuple[Any, ...] = ()
    delete_at = 0
    warned: tuple[Any, ...] = ()
    look_at = 0
    credentials = 0
    last_login_day = 0
    evidence: Mapping[str, tuple[str, str, int]] = MappingProxyType({})
    rows: Mapping[str, tuple[dict[str, Any], ...]] = MappingProxyType({})
    revision = 0
    passkeys: tuple[tuple[Any, ...], ...] = ()
    user_handle = b""
    card: tuple[Any, ...] = ()
    refused_cards: tuple[str, ...] = ()
    pending_card = ""
