"""Check the history of both databases, link by link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import OpenWork


@dataclass(frozen=True)
class WrongEvent:
    """The first history row of a database that is missing, altered or out of its order."""

    database: Literal["cases", "alerts"]
    sequence: int


def verify_history(desk: Desk) -> tuple[WrongEvent, ...]:
    """Return the first wrong event of each database; empty when both histories are whole."""
    found = (
        _first_wrong("cases", desk.unit_of_work),
        _first_wrong("alerts", desk.alerts_unit_of_work),
    )
    return tuple(wrong for wrong in found if wrong)


def fingerprints(desk: Desk) -> dict[str, str]:
    """Return the digest with which the history of each database ends, by its name."""
    opened = {"cases": desk.unit_of_work, "alerts": desk.alerts_unit_of_work}
    found = {}
    for database, open_work in opened.items():
        with open_work(read_only=True) as work:
            found[database] = work.last_event_digest()
    return found


def seen_at(desk: Desk, fingerprint: str) -> datetime | None:
    """Return when a history ended with ``fingerprint``; None if no event bears it any more."""
    for open_work in (desk.unit_of_work, desk.alerts_unit_of_work):
        with open_work(read_only=True) as work:
            happened = work.event_happened_at(fingerprint)
        if happened:
            return happened
    return None


def _first_wrong(database: Literal["cases", "alerts"], open_work: OpenWork) -> WrongEvent | None:
    with open_work(read_only=True) as work:
        sequence = work.first_wrong_event()
    return None if sequence is None else WrongEvent(database, sequence)
