"""One brain hears for the whole suite."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checklist.steering import Path

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def path() -> Iterator[Path]:
    with Path() as opened:
        yield opened
