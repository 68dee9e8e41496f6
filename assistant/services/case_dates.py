"""The dates a case is owed, as rows: set, kept, stopped by a pause and moved on after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.deadlines import Deadline, after_pause, deadlines_for
from assistant.casework.kinds import ClockType
from assistant.store.tables import CaseDeadline

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from assistant.casework.school_shapes import Stage
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

ACKNOWLEDGE = "Acknowledge"
"""The name of the date by which the school says that it has the matter."""
REPLY = "Reply"
"""The name of the date by which the school answers."""
REVIEW = "Look at the pause again"
"""The name of the date on which a paused case is looked at again."""

STEP_REVIEW = "Look at the step again"
"""The name of the date on which a step over a post is looked at again."""

UNTOLD_REVIEW = "Look again at the step that the parent is not told of"
"""The same for a step of which the parent is not told yet: it is never told to them."""

APPEAL = "Decide the appeal"
"""The name of the date by which somebody decides about a restriction that was appealed."""

LOOKS = (REVIEW, STEP_REVIEW, UNTOLD_REVIEW, APPEAL)
"""Dates that staff owe among themselves.

A parent sees one with the others while it is open; done with, it is nothing to tell them.
"""

OF_RESTRICTIONS = {STEP_REVIEW, UNTOLD_REVIEW, APPEAL}
"""Dates that depend on what is closed to the parent, and not on where the case stands."""


def today_of(desk: Desk) -> date:
    """Return the date in London by the school's clock."""
    return to_london(desk.clock.now()).date()


def set_dates(desk: Desk, work: UnitOfWork, case: CaseFile, stage: Stage) -> None:
    """Set the dates that ``stage`` owes, counted from now."""
    for deadline in deadlines_for(stage, desk.clock.now(), desk.calendar):
        work.session.add(_row(case, deadline))


def keep_dates(desk: Desk, work: UnitOfWork, case: CaseFile, names: Collection[str]) -> None:
    """Note that the dates of these names are kept, those that still stood open."""
    for row in open_dates(work, case):
        if row.name in names:
            row.met_at = desk.clock.now()


def keep_all_dates(desk: Desk, work: UnitOfWork, case: CaseFile) -> None:
    """Note that nothing of what was owed until now is owed any more, but for what is closed."""
    keep_dates(desk, work, case, {row.name for row in open_dates(work, case)} - OF_RESTRICTIONS)


def stop_dates(desk: Desk, work: UnitOfWork, case: CaseFile, review_on: date) -> None:
    """Let what is owed to the parent stand still, and owe a look at the pause on ``review_on``.

    What is closed to them stays closed in a pause, so the looks at it and the appeal stay due.
    """
    today = today_of(desk)
    for row in open_dates(work, case):
        if row.name not in LOOKS:
            row.stopped_on = today
    said = f"Paused on {today:%A} {today.day} {today:%B %Y}, to be looked at again on that day."
    owe_look(desk, work, case, DueLook(REVIEW, review_on, said))


@dataclass(frozen=True)
class DueLook:
    """A look that staff owe on a day of their own choosing, and the sentence that explains it."""

    name: str
    due_on: date
    said: str


def owe_look(desk: Desk, work: UnitOfWork, case: CaseFile, look: DueLook) -> None:
    """Owe the look; an open one of the same name is done with."""
    keep_dates(desk, work, case, {look.name})
    days, clock = (look.due_on - today_of(desk)).days, ClockType.CALENDAR_DAYS
    work.session.add(_row(case, Deadline(look.name, look.due_on, clock, days, look.said)))


def move_dates(desk: Desk, work: UnitOfWork, case: CaseFile) -> None:
    """Let the dates count again, each moved on by the pause with its sum."""
    keep_dates(desk, work, case, {REVIEW})
    for row in open_dates(work, case):
        if row.stopped_on is None:
            continue
        due = Deadline(row.name, row.due_on, ClockType(row.clock), row.days, row.sum)
        moved = after_pause(due, row.stopped_on, today_of(desk), desk.calendar)
        row.due_on, row.sum, row.stopped_on = moved.due_on, moved.sum, None


def open_dates(work: UnitOfWork, case: CaseFile) -> list[CaseDeadline]:
    """Return the dates that are not kept yet, those that stand still included."""
    mine = CaseDeadline.case_id == case.id, CaseDeadline.met_at.is_(None)
    return list(work.session.scalars(select(CaseDeadline).where(*mine)))


def _row(case: CaseFile, deadline: Deadline) -> CaseDeadline:
    return CaseDeadline(
        case_id=case.id,
        name=deadline.name,
        due_on=deadline.due_on,
        clock=deadline.clock.value,
        days=deadline.days,
        sum=deadline.sum,
    )
