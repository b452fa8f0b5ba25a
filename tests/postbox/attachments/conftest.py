"""Attachments of a real site."""

from collective.servicekonto.postbox.attachments.content import Attachment
from collective.servicekonto.postbox.attachments.content import take_in
from collective.servicekonto.store.service import get_store
from io import BytesIO
from tests.postbox.attachments.made import LIMITS
import pytest
import transaction


@pytest.fixture
def keep(functional, site):
    """Takes in a file and commits it, as a message would."""

    def kept(content: bytes, name: str) -> Attachment:
        attachment = take_in(BytesIO(content), name, LIMITS)
        get_store().postboxes[attachment.id] = attachment
        transaction.commit()
        return attachment

    return kept
