"""The person in front of the AusweisApp, with a card on a real smart card service."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from typing import Any


CANCEL = {"cmd": "CANCEL"}


@dataclass
class Holder:
    """Types what was given, in this order; who knows no more gives up.

    ``when``  what is done beside it, by the name of the AusweisApp's message
    ``asked`` what the AusweisApp asked for, and how many tries were left then
    """

    pins: list[str] = field(default_factory=lambda: ["123456"])
    cans: list[str] = field(default_factory=lambda: ["500540"])
    puks: list[str] = field(default_factory=lambda: ["9876543210"])
    cancel_at: str = ""
    when: dict[str, Callable[[], object]] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)

    def to(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """Return the command that answers a message, or None."""
        name = message["msg"]
        if name in self.when:
            self.when[name]()
        if name == self.cancel_at or _is_switched_off(message):
            return CANCEL
        if name == "ACCESS_RIGHTS":
            return {"cmd": "ACCEPT"}
        return self._typed(name, message)

    def _typed(self, name: str, message: dict[str, Any]) -> dict[str, Any] | None:
        known = {
            "ENTER_PIN": self.pins,
            "ENTER_CAN": self.cans,
            "ENTER_PUK": self.puks,
        }
        if name not in known:
            return None
        self.asked.append((name, message["reader"]["card"]["retryCounter"]))
        if not known[name]:
            return CANCEL
        return {"cmd": name.replace("ENTER", "SET"), "value": known[name].pop(0)}


def _is_switched_off(message: dict[str, Any]) -> bool:
    """Tell whether the AusweisApp shows a card without Online-Ausweis: it waits."""
    card = message.get("card") if message["msg"] == "READER" else None
    return bool(card and card["deactivated"])
