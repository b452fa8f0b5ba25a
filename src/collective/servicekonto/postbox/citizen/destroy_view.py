"""Asks before messages are deleted for good."""

from collective.servicekonto import _
from collective.servicekonto.postbox import messages
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.citizen import shown
from collective.servicekonto.postbox.citizen.own import PostboxView
from collective.servicekonto.postbox.rules import Folder
from collective.servicekonto.postbox.service import Action
from functools import cached_property
from typing import Any


class DestroyView(PostboxView):
    """What lies in the bin is deleted here at once."""

    label = _("Delete for good")

    @cached_property
    def lines(self) -> list[shown.Line]:
        """The messages that are meant, lie in the bin and can be deleted."""
        lines = map(self.line, self._found())
        return [one for one in lines if not one.is_locked]

    @cached_property
    def locked(self) -> int:
        """How many messages stay because they are protected."""
        return len(self._found()) - len(self.lines)

    @property
    def warning(self) -> str:
        """What is said where there are decisions among them."""
        return self.warning_about(self._found())

    def act(self):
        """Delete them, and go back to the bin."""
        self.act_on([one.id for one in self._found()], Action.DESTROY)
        return self.redirect(f"postfach?ordner={Folder.BIN.value}")

    def _found(self) -> list[Any]:
        found = []
        for message_id in self.ids():
            try:
                message = service.get_message(self.account, message_id)
            except service.NoMessage:
                continue
            if messages.folder(message) is Folder.BIN:
                found.append(message)
        return found
