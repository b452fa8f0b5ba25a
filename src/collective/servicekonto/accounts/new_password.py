"""Choosing a password: the rule, and the two fields of every form that has them."""

from collective.servicekonto import _
from collective.servicekonto.accounts.strength import check_password
from typing import Any
from zope import schema


def check_new_password(
    password: str, repetition: str, personal: tuple[str, ...]
) -> dict[str, Any]:
    """Return for each of ``password`` and ``repetition`` what is wrong, if anything.

    ``personal`` are texts about the citizen that do not make a good password.
    """
    if not password:
        return {"password": _("Please choose a password.")}
    verdict = check_password(password, personal)
    if not verdict.acceptable:
        return {"password": verdict.problem or verdict.label}
    if password != repetition:
        return {"repetition": _("The two passwords are not the same.")}
    return {}


def password_field(title: Any) -> schema.Text:
    """Return the field of the new password."""
    return schema.Text(
        title=title,
        description=_(
            "8 to 128 characters. All characters are allowed. Several words that "
            "do not belong together are easy to remember and hard to guess."
        ),
        required=False,
    )


def repetition_field() -> schema.Text:
    """Return the field in which the new password is repeated."""
    return schema.Text(title=_("Repeat the password"), required=False)


class NewPasswordInputs:
    """Mixin of a form with the fields ``password`` and ``repetition``.

    They can be shown while typing, and the first one is judged.
    """

    scripts: tuple[str, ...] = ("reveal.js", "strength.js")

    def input_attributes(self, name: str) -> dict[str, str]:
        """Return further attributes of the input of this field."""
        attributes: dict[str, str] = super().input_attributes(name)  # type: ignore[misc]
        if name in ("password", "repetition"):
            attributes |= reveal_attributes(self) | {"autocomplete": "new-password"}
        if name == "password":
            attributes["data-strength-url"] = self.link("passwort-staerke")  # type: ignore[attr-defined]
        return attributes


def present_password_field() -> schema.Text:
    """Return the field in which the citizen proves to be who is logged in."""
    return schema.Text(title=_("Your present password"), required=False)


def present_password_attributes(form: Any) -> dict[str, str]:
    """Return the attributes of the input of the present password."""
    return reveal_attributes(form) | {"autocomplete": "current-password"}


def reveal_attributes(form: Any) -> dict[str, str]:
    """Return the attributes with which reveal.js offers to show a password."""
    return {
        "data-reveal": "",
        "data-reveal-show": form.translate(_("Show password")),
    }
