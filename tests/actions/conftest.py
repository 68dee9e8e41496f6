"""Fixtures of the actions that touch a database: SQLite alone.

An action holds no SQL; the services that it calls are tested on both databases.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.databases import FreshDatabase, create_file
from tests.desks import desk, settings

__all__ = ["desk", "settings"]


@pytest.fixture(params=["sqlite"])
def fresh_database(tmp_path: Path) -> FreshDatabase:
    """Make SQLite databases."""
    return partial(create_file, tmp_path)
