"""The clock: real, or one that stands still for demonstrations and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that shows ``instant`` (aware) until somebody sets another."""

    instant: datetime

    def now(self) -> datetime:
        """Return the instant in UTC."""
        return self.instant.astimezone(UTC)
