"""How often mail is sent to one address, whether it has an account or not."""

from collective.servicekonto.accounts.guesses import network_of
from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.accounts.undo import unless_committed
from collective.servicekonto.identity.addresses import address_key
from collective.servicekonto.portal.settings import settings
from datetime import datetime
from datetime import timedelta
from zope.globalrequest import getRequest


# Who is unsure tries again at once: so many mails may follow each other quickly, and
# on average there is the interval of the settings between two.
BURST = 3

# A network may let so many mails go to whomever it names. Registrations are not
# counted here: above their own limit they have to pass the guard.
MOST_FROM_NETWORK = 30
PER = timedelta(minutes=10)

# Nobody has to bear more mails of a kind that strangers can have sent.
MOST_A_DAY = 10

_networks = Rate(limit=MOST_FROM_NETWORK, per=PER)
_days = Rate(limit=MOST_A_DAY, per=timedelta(days=1))
_rates: dict[int, Rate] = {}


def may_mail(address: str, kind: str, now: datetime) -> bool:
    """Tell whether a mail of this kind may be sent to the address now, and count it.

    Each kind is counted for itself, so that asking for one does not suppress another.
    """
    seconds = settings().mail_interval
    if not seconds:
        return True
    if seconds not in _rates:
        _rates.clear()
        _rates[seconds] = Rate(limit=BURST, per=timedelta(seconds=seconds * BURST))
    return _counts(_rates[seconds], f"{kind} {address_key(address)}", now)


def may_mail_stranger(address: str, kind: str, now: datetime) -> bool:
    """Tell whether the address may get a mail that anybody can have sent to it.

    It counts as in may_mail, and as one of the few mails of the day.
    """
    if not settings().mail_interval:
        return True
    key = f"{kind} {address_key(address)}"
    return may_mail(address, kind, now) and _counts(_days, key, now)


def may_name_addresses(now: datetime) -> bool:
    """Tell whether the network of the request may have a mail sent, and count it."""
    request = getRequest()
    if request is None or not settings().mail_interval:
        return True
    return _counts(_networks, network_of(request.getClientAddr()), now)


def _counts(rate: Rate, key: str, now: datetime) -> bool:
    allowed = rate.allow(key, now)
    if allowed:
        unless_committed(lambda: rate.take_back(key))
    return allowed
