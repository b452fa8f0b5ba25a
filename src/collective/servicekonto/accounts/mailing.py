"""How often mail is sent to one address, whether it has an account or not."""

from collective.servicekonto.accounts.throttle import Rate
from collective.servicekonto.identity.addresses import address_key
from collective.servicekonto.portal.settings import settings
from datetime import datetime
from datetime import timedelta


_rates: dict[int, Rate] = {}


def may_mail(address: str, now: datetime) -> bool:
    """Tell whether a mail may be sent now, and count it."""
    seconds = settings().mail_interval
    if not seconds:
        return True
    if seconds not in _rates:
        _rates.clear()
        _rates[seconds] = Rate(limit=1, per=timedelta(seconds=seconds))
    return _rates[seconds].allow(address_key(address), now)
