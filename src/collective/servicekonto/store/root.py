"""The root of the citizens' data of one site."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collective.servicekonto.store.due import DueQueue
from collective.servicekonto.store.due import SLOT_SECONDS
from collective.servicekonto.store.tokens import TokenTable
from persistent import Persistent


class Store(Persistent):
    """All personal data of a site's citizens, apart from the site's content.

    ``accounts``      account id → account
    ``addresses``     short hash of the e-mail address → activated account
    ``sessions``      account id + ":" + hash → session record
    ``drafts``        hash of the draft key → draft
    ``kept_forms``    account id + ":" + hash of a key → what was typed when a session ended
    ``history``       account id + ":" + time + ":" + random → event
    ``tokens``        hash → token
    ``cards``         keyed hash of a card's pseudonym → account id
    ``card_holders``  keyed hash of a holder's minimum data + ":" + account id
    ``eid_sessions``  account id + ":" + random → reading of a card under way
    ``counter_cases`` id of an office + ":" + random → what waits for a second clerk
    ``transfers``     account id + ":" + id → entry of the log of data transfers
    ``declarations``  id + ":" + version → wording that citizens confirmed
    ``postboxes``     account id → messages of the account
    ``office_boxes``  id of an office → its threads
    ``orders``        hash of a key → what was sent with it (see postbox.orders)
    ``service_drafts`` owner + ":" + UID of a form → what was entered so far
    ``applications``  application id → application
    ``account_applications`` account id + ":" + application id
    ``office_applications``  id of an office → its applications by state
    ``brochures``     hash → file that the town hands out with copies of applications
    ``statistics``    id of a service + ":" + month + ":" + what → how often
    ``case_feeds``    id of an office → which of its applications changed when
    ``circulars``     id → what is written to all applicants of a service
    """

    portal_path: str = ""

    def __init__(self) -> None:
        self.accounts = OOBTree()
        self.addresses = OOBTree()
        self.sessions = OOBTree()
        self.drafts = OOBTree()
        self.kept_forms = OOBTree()
        self.history = OOBTree()
        self.tokens = TokenTable()
        self.cards = OOBTree()
        self.card_holders = OOTreeSet()
        self.eid_sessions = OOBTree()
        self.counter_cases = OOBTree()
        self.transfers = OOBTree()
        self.declarations = OOBTree()
        self.postboxes = OOBTree()
        self.office_boxes = OOBTree()
        self.orders = OOBTree()
        self.service_drafts = OOBTree()
        self.applications = OOBTree()
        self.account_applications = OOTreeSet()
        self.office_applications = OOBTree()
        self.brochures = OOBTree()
        self.statistics = OOBTree()
        self.case_feeds = OOBTree()
        self.circulars = OOBTree()
        self.cleanup_lease: tuple[str, float] | None = None
        self._queues = OOBTree()

    def queue(self, provider: str, slot_seconds: int = SLOT_SECONDS) -> DueQueue:
        """Return the due queue of the provider, a new one the first time.

        A new one has slots of so many seconds.
        """
        if provider not in self._queues:
            self._queues[provider] = DueQueue(slot_seconds)
        queue: DueQueue = self._queues[provider]
        return queue

    def queue_to_read(self, provider: str) -> DueQueue:
        """Return the due queue of the provider, an empty one where it has none yet."""
        queue: DueQueue = self._queues.get(provider, DueQueue())
        return queue
