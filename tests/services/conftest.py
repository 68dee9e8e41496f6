"""Fixtures of tests that touch a database."""

from collections.abc import Iterator

import pytest

from tests.cheap_passwords import cheap_passwords
from tests.desks import desk, settings

__all__ = ["desk", "settings"]


@pytest.fixture(name="cheap_passwords")
def cheap() -> Iterator[None]:
    """Let a hash cost next to nothing, where only counting is tried."""
    with cheap_passwords():
        yield
