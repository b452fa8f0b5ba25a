"""The door to registering with the card.

What the card said waits with the registration on the server, until the citizen has sent
it, or its time is over.
"""

from collections.abc import Mapping
from collective.servicekonto import _
from collective.servicekonto.accounts import cards
from collective.servicekonto.eid import rules
from collective.servicekonto.eid import service as eid
from collective.servicekonto.eid import sessions
from collective.servicekonto.eid import settings
from collective.servicekonto.eid.interfaces import IPurpose
from collective.servicekonto.eid.interfaces import Received
from collective.servicekonto.eid.port import Result
from collective.servicekonto.eid.reading import values_of
from collective.servicekonto.eid.service import Begun
from collective.servicekonto.eid.sessions import EIDSession
from collective.servicekonto.eid.sessions import Purpose
from collective.servicekonto.eid.taking import known_as
from collective.servicekonto.eid.upgrade.comparison import listed
from collective.servicekonto.identity.attributes import Value
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.registration import service as registration
from collective.servicekonto.registration.draft import Proven
from collective.servicekonto.registration.interfaces import IAccountOffer
from collective.servicekonto.registration.keys import draft_key
from collective.servicekonto.selfservice.profile.words import Translate
from datetime import datetime
from typing import Any
from zope.i18n import translate
from zope.interface import implementer


SERVICEKONTO_PLUS = "servicekonto-plus"

CARD_PAGE = "registrieren-ausweis"
DETAILS_PAGE = "registrieren-angaben"
ELSEWHERE_PAGE = "ausweis-vergeben"


class CardElsewhere(rules.Refused):
    """The card belongs to an account; nothing is told of it."""

    message = _(
        "With this Online-Ausweis no further Servicekonto can be registered. Do you have "
        "one already? Then please log in with the card."
    )
    page = ELSEWHERE_PAGE


class NothingBegun(rules.Refused):
    """The registration was sent or took too long, or another account was chosen."""

    message = _(
        "No registration is under way, or it took too long. For your safety your entries "
        "were deleted. Please begin again."
    )
    page = CARD_PAGE


@implementer(IAccountOffer)
class PlusOffer:
    """The Servicekonto Plus in the second step of the registration."""

    title = _("Servicekonto Plus with your Online-Ausweis, e-mail address and password")
    page = CARD_PAGE
    deletion = _(
        "You can delete your Servicekonto Plus at any time. You need your password and "
        "your Online-Ausweis for that (trust level: hoch, which is high)."
    )

    def is_possible(self) -> bool:
        """Tell whether the portal reads cards."""
        return eid.is_possible()

    def entries(
        self, values: Mapping[str, Value], translate: Translate
    ) -> list[tuple[Any, list[str]]]:
        """Return title and lines of everything that the card proved."""
        return listed(values, translate)


def begin(request: Any, key: str, now: datetime) -> Begun:
    """Begin the reading for the registration with this key.

    Raises registration.service.DraftGone, TooManyAttempts or EIDProblem.
    """
    registration.get_unproven(key, SERVICEKONTO_PLUS, now)
    reason = translate(_("Registration of a Servicekonto Plus"), context=request)
    question = settings.question(reason)
    return eid.begin_for_nobody(request, Purpose.REGISTER, question, DETAILS_PAGE, now)


@implementer(IPurpose)
class RegisterPurpose:
    """What the card said fills in the registration of the same browser."""

    page = CARD_PAGE

    def receive(
        self, request: Any, one: EIDSession, result: Result, now: datetime
    ) -> Received:
        """Keep what the card said with the registration, and lead to the form.

        Whether the card is free is seen once more when the account is activated. Raises
        CardElsewhere or NothingBegun.
        """
        rules.check_person(result, settings.question(), day_of(now))
        card = known_as(result)
        if cards.owner(card) is not None:
            raise CardElsewhere
        proven = Proven(card, values_of(result), int(now.timestamp()))
        try:
            registration.prove(draft_key(request), SERVICEKONTO_PLUS, proven, now)
        except registration.DraftGone:
            raise NothingBegun from None
        sessions.end(one)
        return Received(one.back)
