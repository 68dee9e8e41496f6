"""Instants as people write them on a wall in London."""

from __future__ import annotations

from datetime import datetime

from assistant.casework.calendar import to_utc


def london(wall: str) -> datetime:
    """Return the instant of an ISO wall time in Europe/London, such as ``2026-11-24T10:15``."""
    return to_utc(datetime.fromisoformat(wall))
