"""What an editor can choose from in the settings of a service."""

from collective.servicekonto import _
from collective.servicekonto.identity.levels import TrustLevel
from collective.servicekonto.offices.service import offices
from collective.servicekonto.services.settings import Audience
from typing import Any
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


_AUDIENCES = {
    Audience.ACCOUNT: _("people with a Servicekonto"),
    Audience.ANONYMOUS: _("people without a Servicekonto"),
    Audience.ORGANISATION: _("organisations, for whom somebody acts"),
}

_LEVELS = {
    TrustLevel.BASIS: _("none: nobody checks who applies"),
    TrustLevel.LOW: _("low (niedrig): logged in with the password"),
    TrustLevel.SUBSTANTIAL: _("substantial (substanziell): with a passkey as well"),
    TrustLevel.HIGH: _("high (hoch): with the Online-Ausweis"),
}

_PROOFS = {
    TrustLevel.LOW: _("at least low (niedrig): the e-mail address"),
    TrustLevel.SUBSTANTIAL: _("at least substantial (substanziell)"),
    TrustLevel.HIGH: _("high (hoch): from the Online-Ausweis"),
}


def _vocabulary(titles: dict[str, Any]) -> SimpleVocabulary:
    return SimpleVocabulary(
        [SimpleTerm(value, value, title) for value, title in titles.items()]
    )


@provider(IVocabularyFactory)
def audience_vocabulary(context: Any) -> SimpleVocabulary:
    """Return who may apply."""
    return _vocabulary({each.value: title for each, title in _AUDIENCES.items()})


@provider(IVocabularyFactory)
def level_vocabulary(context: Any) -> SimpleVocabulary:
    """Return the trust levels, the lowest first."""
    return _vocabulary({each.value: title for each, title in _LEVELS.items()})


@provider(IVocabularyFactory)
def office_vocabulary(context: Any) -> SimpleVocabulary:
    """Return the offices of the Bürgerportal."""
    return _vocabulary({office.UID(): office.title for office in offices()})


@provider(IVocabularyFactory)
def proof_vocabulary(context: Any) -> SimpleVocabulary:
    """Return the levels at which a value can be confirmed."""
    return _vocabulary({level.value: title for level, title in _PROOFS.items()})
