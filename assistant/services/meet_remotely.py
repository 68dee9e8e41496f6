"""Hold a meeting by phone or video, at its time, as its parent is asked not to come in for now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.kinds import MeetingMode, MeetingStatus
from assistant.services.desk_rows import meeting_rows
from assistant.services.errors import NotPossibleNow
from assistant.services.meetings import changeable
from assistant.services.move_meeting import move_meeting
from assistant.services.records import contact_of
from assistant.services.seen_records import case_is_outside_wall
from assistant.services.visit_restrictions import all_in_force, digests_of
from assistant.services.who_may_read import case_for, meeting_for, meetings_for
from assistant.store.policy_tables import UseRestriction
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import MeetingRow
    from assistant.services.shapes import Contact
    from assistant.store.meeting_tables import Meeting


def visits_booked(desk: Desk, staff_id: str, reference: str) -> tuple[MeetingRow, ...]:
    """Return the meetings in person to come of a case's parent that this person may see.

    The earliest first. A meeting that is closed to them is not among them: its host sees on its
    own page that the parent is asked not to come in. Raises ``NotHere``.
    """
    with desk.unit_of_work(read_only=True) as work:
        parent = contact_of(work, case_for(desk, work, staff_id, reference))
        coming = meetings_for(desk, work, staff_id, since=desk.clock.now())
        visits = [each for each in coming if _is_visit(desk, each)]
        theirs = [each for each in visits if _is_same(desk, parent, contact_of(work, each))]
        return meeting_rows(desk, work, theirs)


def visits_closed_until(desk: Desk, staff_id: str, parent: Contact) -> date | None:
    """Return until when the parent is asked not to come in, as far as this person may know.

    One that somebody imposed over a case about them, or about somebody close to them, is unknown
    to them, as the case is.
    """
    with desk.unit_of_work(read_only=True) as work:
        rows = all_in_force(desk, work, parent)
        over_cases = select(UseRestriction.visit_id).join(
            CaseFile, CaseFile.id == UseRestriction.case_id
        )
        hidden = over_cases.where(
            UseRestriction.visit_id.in_([row.id for row in rows]),
            ~case_is_outside_wall(desk.school, staff_id),
        )
        unknown = set(work.session.scalars(hidden))
        return max((row.expires_on for row in rows if row.id not in unknown), default=None)


def meet_remotely(
    desk: Desk, *, staff_id: str, reference: str, mode: MeetingMode, idempotency_key: str
) -> None:
    """Change how the meeting is held and nothing else; everybody is told as of every move.

    A repeated key changes nothing.

    Raises:
        NotHere: no such meeting for this person.
        NotPossibleNow: for all that this person may know, its parent may come in; or ``mode`` is
            in person.
        SlotTaken: the host holds no such talk then; the nearest times come along.
        MeetingGone, HostNotAllowed: as ``move_meeting``.
    """
    with desk.unit_of_work(read_only=True) as work:
        meeting = changeable(desk, meeting_for(desk, work, staff_id, reference))
        meeting_id, starts_at = meeting.id, meeting.starts_at
        parent = contact_of(work, meeting)
    if mode is MeetingMode.IN_PERSON or visits_closed_until(desk, staff_id, parent) is None:
        raise NotPossibleNow
    key = f"remote|{staff_id}|{mode.value}|{idempotency_key}"
    move_meeting(
        desk,
        meeting_id=meeting_id,
        starts_at=starts_at,
        idempotency_key=key,
        mode=mode,
        moved_by=staff_id,
    )


def _is_visit(desk: Desk, meeting: Meeting) -> bool:
    booked = meeting.status == MeetingStatus.BOOKED.value
    is_to_come = meeting.starts_at > desk.clock.now()
    return booked and is_to_come and meeting.mode == MeetingMode.IN_PERSON.value


def _is_same(desk: Desk, one: Contact, other: Contact) -> bool:
    first, second = digests_of(desk, one), digests_of(desk, other)
    same_phone = first.phone is not None and first.phone == second.phone
    return same_phone or (first.email is not None and first.email == second.email)
