"""Give a meeting to another host, in the caller's transaction; time and mode stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.grid import CELL
from assistant.casework.hosts import is_met_through_clerk
from assistant.casework.kinds import Channel
from assistant.casework.taking_over import Handed, takers_for
from assistant.services.diaries import Own
from assistant.services.free_then import Need, company_keys, free_then, is_taken
from assistant.services.handing_mail import tell_of_new_host
from assistant.services.host_time import Claim, give_time, lock_host
from assistant.services.meeting_access import grant_readers
from assistant.services.meeting_errors import HostBusy, HostNotAllowed
from assistant.services.meetings import changeable, subjects_of
from assistant.services.promises import renew_promises
from assistant.services.record_links import MEETING
from assistant.services.records import child_of
from assistant.services.shared_time import lock_shared
from assistant.services.timeline import MEETING_HANDED_OVER
from assistant.store.tables import Staff

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.meeting_tables import Meeting
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Handing:
    """To whom (a staff id), by whom (a staff id), and why, in the words of whoever decided it."""

    to: str
    by: str
    why: str


def handed_of(work: UnitOfWork, meeting: Meeting) -> Handed:
    """Return what decides who may take the meeting over."""
    child = child_of(work, meeting)
    return Handed(
        meeting.host_id,
        Channel(meeting.channel),
        meeting.through_clerk,
        subjects_of(work, meeting.id),
        child.class_name,
        child.year,
    )


def change_host(desk: Desk, work: UnitOfWork, meeting: Meeting, handing: Handing) -> None:
    """Move the meeting, which the caller has locked, to the colleague's time and tell everybody.

    Raises:
        MeetingGone: it is cancelled, or has begun.
        HostNotAllowed: the wall, the person's role or the kind of meeting forbids it.
        HostBusy: the colleague is not free then; nothing is changed.
    """
    changeable(desk, meeting)
    _lock_both(work, meeting.host_id, handing.to)
    handed = handed_of(work, meeting)
    lock_host(desk, work, handing.to, handed.subjects)
    lock_shared(work, company_keys(meeting))
    if handing.to not in {person.id for person in takers_for(desk.school, handed)}:
        raise HostNotAllowed
    before, claim = meeting.host_id, _claim(desk, work, meeting, handing.to)
    give_time(desk, work, claim, meeting)
    meeting.through_clerk = is_met_through_clerk(desk.school.person(handing.to))
    meeting.sequence += 1
    grant_readers(desk, work, meeting, handed.subjects)
    told = tell_of_new_host(desk, work, meeting, before)
    _record(work, meeting, handing, before, parent_told=told)
    renew_promises(desk, work, meeting)


def _lock_both(work: UnitOfWork, one: str, other: str) -> None:
    """Lock both hosts in the order of their ids: two that hand to each other cannot deadlock."""
    both = select(Staff.id).where(Staff.id.in_([one, other])).order_by(Staff.id)
    work.session.execute(both.with_for_update(key_share=True))


def _claim(desk: Desk, work: UnitOfWork, meeting: Meeting, to: str) -> Claim:
    """Return the meeting's time with the colleague; raises ``HostBusy``.

    The room and the interpreter stay. If they are wanted elsewhere within the colleague's buffer,
    the buffer remains as it was booked.
    """
    need = Need.of(meeting)
    free_again = free_then(desk, work, [to], need).get(to)
    if free_again is None:
        raise HostBusy
    if is_taken(desk, work, need.company, need, free_again):
        free_again = meeting.starts_at + meeting.cells * CELL
    return Claim(
        host_id=to,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        free_again=free_again,
        mode=need.mode,
        company=need.company,
        own=Own(meeting_id=meeting.id),
    )


def _record(
    work: UnitOfWork, meeting: Meeting, handing: Handing, before: str, *, parent_told: bool
) -> None:
    work.history.append(
        MEETING_HANDED_OVER,
        handing.by,
        MEETING,
        meeting.id,
        **{"from": before, "host": handing.to, "why": handing.why},
        parent_told=parent_told,
        ineligible_for_panel=meeting.through_clerk,  # who listened cannot judge
    )
