"""E-mail addresses: how they are written to and how they are compared."""

from collective.servicekonto import _
from email_validator import EmailNotValidError
from email_validator import validate_email
from typing import Any
import unicodedata


MAXIMUM_LENGTH = 254


class AddressProblem(ValueError):
    """The text is no address that mail can be sent to.

    ``message`` says why, to the citizen; it never repeats the address.
    """

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


def normalise_address(text: str) -> str:
    """Return the address as mail is sent to it.

    The part before the @ is kept as it was typed, the domain becomes lower-case
    ASCII (IDNA 2008). Raises AddressProblem for whatever is not one plain address
    of at most 254 characters (RFC 5321) with only ASCII before the @: mail servers
    without SMTPUTF8 could not deliver any other.
    """
    if len(text) > MAXIMUM_LENGTH * 2:
        raise AddressProblem(_("This e-mail address is too long."))
    address = unicodedata.normalize("NFKC", text)
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in address):
        raise AddressProblem(_("Please enter one e-mail address without line breaks."))
    address = address.strip()
    if not address:
        raise AddressProblem(_("Please enter your e-mail address."))
    _refuse_stray_signs(address)
    local, _at, _domain = address.rpartition("@")
    if not local.isascii():
        raise AddressProblem(
            _(
                "We cannot send mail to this address: before the @ only letters "
                "without accents, digits and a few signs are possible."
            )
        )
    return _validated(address)


def address_key(text: str) -> str:
    """Return the form under which an address is looked up.

    Two spellings of one address have the same key: normalised as by
    normalise_address and case-folded in both parts. Raises AddressProblem.
    """
    return normalise_address(text).casefold()


def _refuse_stray_signs(address: str) -> None:
    if "<" in address or ">" in address:
        problem = _(
            "Please enter the e-mail address without < and >, for example "
            "name@example.org."
        )
    elif any(character.isspace() for character in address):
        problem = _(
            "Please enter the e-mail address without blanks, for example "
            "name@example.org."
        )
    elif address.count("@") > 1:
        problem = _(
            "Please enter one e-mail address with a single @, for example "
            "name@example.org."
        )
    else:
        return
    raise AddressProblem(problem)


def _validated(address: str) -> str:
    try:
        valid = validate_email(
            address, check_deliverability=False, allow_smtputf8=False
        )
    except EmailNotValidError:
        raise AddressProblem(
            _("Please enter a complete e-mail address, for example name@example.org.")
        ) from None
    ascii_address = valid.ascii_email
    if ascii_address is None or len(ascii_address) > MAXIMUM_LENGTH:
        raise AddressProblem(_("This e-mail address is too long."))
    return ascii_address
