"""The draft of a chat before it is sent: each point with its door, its readers and its date.

Nothing is written. Handler, readers and dates come from the functions that open a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.deadlines import deadlines_for
from assistant.casework.handlers import Matter, handling_of, titled
from assistant.casework.kinds import CaseKind, Channel, Role
from assistant.casework.point_doors import PointDoor, door_for, doors_open, matter_of
from assistant.services.case_dates import REPLY
from assistant.services.point_drafts import Draft, draft_of, key_of
from assistant.services.point_people import subjects_of_points
from assistant.services.records import case_receipt
from assistant.services.turns import stored_key
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from assistant.casework.deadlines import Deadline
    from assistant.services.desk import Desk
    from assistant.services.point_drafts import Point
    from assistant.services.shapes import CaseReceipt
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Foreseen:
    """What sending would come to: who handles it, who reads it, and the date of the answer."""

    to: str
    readers: tuple[str, ...]
    answer_by: Deadline


@dataclass(frozen=True)
class PointView:
    """A point as the pages show it; ``sent`` is its receipt, ``foreseen`` None for a talk."""

    point: Point
    door: PointDoor
    reason: str
    opened: tuple[PointDoor, ...]
    subjects: frozenset[str]
    matter: Matter | None
    foreseen: Foreseen | None
    sent: CaseReceipt | None

    @property
    def goes(self) -> bool:
        """Whether Send would send it."""
        return self.sent is None and not self.point.left_out and bool(self.point.words.strip())


@dataclass(frozen=True)
class DraftPage:
    """The draft with its points looked at."""

    draft: Draft
    points: tuple[PointView, ...]

    @property
    def going(self) -> tuple[PointView, ...]:
        """The points that Send would send or begin a talk about, in order."""
        return tuple(each for each in self.points if each.goes)

    @property
    def sent(self) -> tuple[PointView, ...]:
        """The points that were sent."""
        return tuple(each for each in self.points if each.sent)


def view_points(desk: Desk, conversation_id: str, *, until: int | None = None) -> DraftPage:
    """Return the draft as it would be sent now; raises ``ConversationGone``."""
    with desk.unit_of_work(read_only=True) as work:
        draft = draft_of(work, conversation_id, until=until)
        return page_of(desk, work, conversation_id, draft)


def page_of(desk: Desk, work: UnitOfWork, conversation_id: str, draft: Draft) -> DraftPage:
    """Look at each point of ``draft``."""
    people = subjects_of_points(desk, draft.points)
    receipts = sent_receipts(desk, work, conversation_id, draft)
    views = [
        _view(desk, draft, point, subjects, receipts.get(point.id))
        for point, subjects in zip(draft.points, people, strict=True)
    ]
    return DraftPage(draft, tuple(views))


def sent_receipts(
    desk: Desk, work: UnitOfWork, conversation_id: str, draft: Draft
) -> dict[str, CaseReceipt]:
    """Return the receipts of the points that were sent, by point."""
    keys = {stored_key(key_of(conversation_id, point)): point.id for point in draft.points}
    mine = select(CaseFile).where(CaseFile.idempotency_key.in_(keys))
    cases = work.session.scalars(mine).all() if keys else []
    return {keys[case.idempotency_key]: case_receipt(desk, work, case) for case in cases}


def foresee(desk: Desk, matter: Matter) -> Foreseen:
    """Return what opening a case of this matter now would come to, without opening it."""
    handling = handling_of(desk.school, matter)
    stage = desk.school.first_stage(matter.kind)
    dates = deadlines_for(stage, desk.clock.now(), desk.calendar)
    answer_by = next(each for each in dates if each.name == REPLY)
    return Foreseen(handling.label, tuple(titled(each) for each in handling.readers), answer_by)


def _view(
    desk: Desk,
    draft: Draft,
    point: Point,
    subjects: frozenset[str],
    receipt: CaseReceipt | None,
) -> PointView:
    heads = {person.id for person in desk.school.with_role(Role.HEADTEACHER)}
    led = bool(heads & subjects)
    opened = doors_open(desk.school, subjects)
    door, reason = door_for(point.reading, opened, about_head=led)
    chosen = PointDoor(point.door) if point.door else door
    if chosen in opened and chosen is not door:
        door, reason = chosen, ""
    matter = None
    if door is not PointDoor.TALK:
        child = draft.child
        about = Matter(CaseKind.CONCERN, Channel.STAFF, subjects, child.class_name, child.year)
        matter = matter_of(door, about, led=led)
    seen = foresee(desk, matter) if matter else None
    return PointView(point, door, reason, opened, subjects, matter, seen, receipt)
