"""Whoever is due is handled by the cleanup, as cron runs it."""

from collective.servicekonto.accounts import guesses
from collective.servicekonto.accounts.throttle import Pauses
from collective.servicekonto.cleanup import service as cleanup
import pytest


@pytest.fixture(autouse=True)
def _nothing_guessed_before(monkeypatch):
    """What earlier tests guessed is forgotten."""
    for name in ("_pair", "_address", "_network", "_device"):
        monkeypatch.setattr(guesses, name, Pauses())


@pytest.fixture
def clean_up():
    """Runs the cleanup and returns what one provider did."""
    return lambda name: cleanup.run(batch=100, window=60)[name]
