"""What citizens do with their messages, through plone.restapi."""

from collective.servicekonto import _
from collective.servicekonto.clock import now
from collective.servicekonto.portal.dates import day_of
from collective.servicekonto.portal.rest import Incorrect
from collective.servicekonto.postbox import service
from collective.servicekonto.postbox.rest import shown
from collective.servicekonto.postbox.rest.base import OwnPostbox
from collective.servicekonto.postbox.rest.base import word
from collective.servicekonto.postbox.rules import MoveRefused
from collective.servicekonto.postbox.service import Action


# A page of twenty, several times over.
MOST_AT_ONCE = 100


class Act(OwnPostbox):
    """PATCH @servicekonto-postbox-message/ID: archive, delete or restore it."""

    texts = ("action",)

    def act(self):
        """Return the message as it is now, null where it was deleted for good."""
        action = _action(self.sent())
        account, message = self.account, self.named
        level = self.session.level
        service.act(account, message, action, level, now())
        if action is Action.DESTROY:
            return {"message": None}
        return {"message": shown.summary(message, level, day_of(now()))}


class ActOnMany(OwnPostbox):
    """PATCH @servicekonto-postbox: the same with several messages."""

    texts = ("action",)
    text_lists = ("ids",)

    def act(self):
        """Return which ones were changed, and which could not be."""
        self.parts(0)
        sent = self.sent()
        action, ids = _action(sent), list(dict.fromkeys(sent.get("ids", [])))
        if not 0 < len(ids) <= MOST_AT_ONCE:
            message = _(
                "Please send from 1 to ${most} ids.", mapping={"most": MOST_AT_ONCE}
            )
            raise Incorrect({"ids": message})
        changed = [one for one in ids if self._does(one, action)]
        return {"changed": changed, "refused": [x for x in ids if x not in changed]}

    def _does(self, message_id: str, action: Action) -> bool:
        try:
            message = service.get_message(self.account, message_id)
            service.act(self.account, message, action, self.session.level, now())
        except (service.NoMessage, service.Locked, MoveRefused):
            return False
        return True


def _action(sent: dict[str, str]) -> Action:
    action = word(Action, "action", sent.get("action"), None)
    if action is None:
        raise Incorrect({"action": _("Please say what to do.")})
    return action
