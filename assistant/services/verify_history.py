"""Check the history of both databases, link by link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assistant.services.desk import Desk


@dataclass(frozen=True)
class WrongEvent:
    """The first history row of a database that is missing, altered or out of its order."""

    database: Literal["cases", "alerts"]
    sequence: int


def verify_history(desk: Desk) -> tuple[WrongEvent, ...]:
    """Return the first wrong event of each database; empty when both histories are whole."""
    wrong = []
    with desk.unit_of_work(read_only=True) as work:
        wrong.append(("cases", work.first_wrong_event()))
    with desk.alerts_unit_of_work(read_only=True) as work:
        wrong.append(("alerts", work.first_wrong_event()))
    return tuple(WrongEvent(name, at) for name, at in wrong if at is not None)
