"""Fixtures of tests that touch a database."""

from collections.abc import Iterator

import pytest

from assistant.security import passwords
from tests.desks import desk, settings
from tests.services.signing_in import CHEAP

__all__ = ["desk", "settings"]


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a hash cost next to nothing, where only counting is tried."""
    monkeypatch.setattr(passwords, "_hasher", CHEAP)
    passwords._nobody.cache_clear()
    yield
    passwords._nobody.cache_clear()
