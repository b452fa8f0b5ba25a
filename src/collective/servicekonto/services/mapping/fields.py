"""Which fields of a form an account can fill in."""

from collective.easyform.interfaces import IHCaptcha
from collective.easyform.interfaces import ILikert
from collective.easyform.interfaces import INorobotCaptcha
from collective.easyform.interfaces import IReCaptcha
from collective.servicekonto.selfservice.profile.questions import question
from typing import Any


_NOT_ABOUT_A_PERSON = (IHCaptcha, ILikert, INorobotCaptcha, IReCaptcha)


def is_mappable(field: Any, form: Any) -> bool:
    """Tell whether the field asks what one types or chooses."""
    if any(each.providedBy(field) for each in _NOT_ABOUT_A_PERSON):
        return False
    return question(field, form) is not None
