"""One case as its page shows it, with words for every code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import CaseStatus
from assistant.web import words
from assistant.web.facts import people_facts
from assistant.web.work_rows import is_finished, next_due

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from assistant.services.desk_shapes import CaseView, DueDate
    from assistant.web.facts import Fact

Choice = dict[str, Any]
"""One item of a GOV.UK radios macro."""


@dataclass(frozen=True)
class DueSheet:
    """A due date in words; ``late`` when it is owed and over."""

    name: str
    due_on: date
    left: str
    sum: str
    late: bool


@dataclass(frozen=True)
class CaseSheet:
    """A case page apart from its timeline, which is shown as it is."""

    view: CaseView
    address: str
    next_due: DueSheet | None
    deadlines: tuple[DueSheet, ...]
    people: tuple[Fact, ...]
    readers: str
    moves: list[Choice]


def case_sheet(view: CaseView, today: date) -> CaseSheet:
    """Return what the case page shows on the London date ``today``."""
    row, owed = view.row, next_due(view.row)
    finished = is_finished(row)
    return CaseSheet(
        view=view,
        address=f"/desk/cases/{row.reference}",
        next_due=due_sheet(owed, today, owed=True) if owed else None,
        deadlines=tuple(due_sheet(due, today, owed=not finished) for due in row.deadlines),
        people=people_facts(row.contact, row.child, view.needs),
        readers=sentence(view.readers),
        moves=[_choice(CaseStatus(stored)) for stored in view.next_statuses],
    )


def due_sheet(due: DueDate, today: date, *, owed: bool) -> DueSheet:
    """Return a due date in words on the London date ``today``; ``owed`` while it is open."""
    waiting = owed and not due.met_at
    left = words.days_left(due.due_on, today) if waiting else ""
    kept = f"done on {words.day(due.met_at)}" if due.met_at else "no longer needed"
    return DueSheet(due.name, due.due_on, left or kept, due.sum, waiting and due.due_on < today)


def _choice(status: CaseStatus) -> Choice:
    return {"value": status.value, "text": status.label}


def sentence(people: Sequence[str]) -> str:
    """Return the people with their roles; semicolons, as commas stand inside each."""
    return f"{'; '.join(people)}." if people else ""
