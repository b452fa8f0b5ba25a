"""Whoever is due is handled by the cleanup, as cron runs it."""

from collective.servicekonto.cleanup import service as cleanup
import pytest


@pytest.fixture
def clean_up():
    """Runs the cleanup and returns what one provider did."""
    return lambda name: cleanup.run(batch=100, window=60)[name]
