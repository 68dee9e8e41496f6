"""Book a private talk with one host, for good, in one transaction."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.hosts import is_met_through_clerk
from assistant.casework.kinds import MeetingStatus
from assistant.casework.references import new_reference
from assistant.casework.wall import school_wall
from assistant.security.tokens import link_digest, record_token
from assistant.services.diaries import Own
from assistant.services.host_time import (
    WantedTime,
    find_slot,
    give_time,
    is_booked,
    lock_host,
    with_alternatives,
)
from assistant.services.meeting_access import grant_readers
from assistant.services.meeting_errors import HostNotAllowed, SlotTaken, VisitNotAllowed
from assistant.services.meeting_mail import tell_parent, tell_readers
from assistant.services.meetings import meeting_receipt
from assistant.services.record_links import MEETING, link_record
from assistant.services.reminders import plan_reminders
from assistant.services.search_index import index_record
from assistant.services.turns import PARENT, stored_key
from assistant.services.visit_restrictions import other_ways, refuse_visit
from assistant.store.columns import new_id
from assistant.store.meeting_tables import Meeting, MeetingSubject
from assistant.store.tables import RecordLink
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.kinds import Channel, MeetingMode
    from assistant.services.desk import Desk
    from assistant.services.shapes import Child, Contact, MeetingReceipt, Needs
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class _Request:
    key: str
    conversation_id: str | None
    channel: Channel
    host_id: str
    starts_at: datetime
    mode: MeetingMode
    contact: Contact
    child: Child
    needs: Needs
    note: str
    subjects: frozenset[str]
    holder: str


def book_meeting(  # noqa: PLR0913 - a meeting is what it is
    desk: Desk,
    *,
    idempotency_key: str,
    conversation_id: str | None,
    channel: Channel,
    host_id: str,
    starts_at: datetime,
    mode: MeetingMode,
    contact: Contact,
    child: Child,
    needs: Needs,
    note: str,
    subjects: frozenset[str],
    holder: str | None = None,
) -> MeetingReceipt:
    """Book the meeting and return its receipt once it is committed.

    The wall around ``subjects`` (ids) is checked here again. ``holder`` is who held the slot, by
    default the conversation. The same ``idempotency_key`` returns the same receipt, and so does
    a second booking of the very time that this conversation has booked: the news of the first
    was lost on its way to the parent.

    Raises:
        SlotTaken: the time has gone; the three nearest free slots come with the refusal.
        HostNotAllowed: this person may not host this matter.
        VisitNotAllowed: this parent may not come in; phone and video come with the refusal.
    """
    request = _Request(
        stored_key(idempotency_key),
        conversation_id,
        channel,
        host_id,
        starts_at,
        mode,
        contact,
        child,
        needs,
        note,
        subjects,
        stored_key(holder or conversation_id or ""),
    )
    try:
        _refuse_early(desk, request)
        return settled(partial(_book, desk, request))
    except SlotTaken as taken:
        raise with_alternatives(desk, host_id, starts_at, mode, needs) from taken
    except VisitNotAllowed as refused:
        raise other_ways(desk, _wanted(request)) from refused


def _refuse_early(desk: Desk, request: _Request) -> None:
    """Refuse a time that somebody has already without queueing to write: in a rush most lose.

    The wall first, so that nobody learns what is taken of a host whom they may not be offered.
    """
    if request.host_id in school_wall(desk.school, request.subjects):
        raise HostNotAllowed
    with desk.unit_of_work(read_only=True) as work:
        if not is_booked(work, request.host_id, request.starts_at):
            return
        if _booked_before(work, request) is None and _booked_unheard(work, request) is None:
            raise SlotTaken


def _book(desk: Desk, request: _Request) -> MeetingReceipt:
    with desk.unit_of_work() as work:
        meeting = _booked_before(work, request)
        if meeting is None:
            lock_host(desk, work, request.host_id, request.subjects)
            # By a twin that had the lock before us, or by a turn whose process died after it.
            meeting = _booked_before(work, request) or _booked_unheard(work, request)
        if meeting is None:
            meeting = _take(desk, work, request)
            _record(desk, work, request, meeting)
            work.commit()
        return meeting_receipt(desk, meeting)


def _booked_before(work: UnitOfWork, request: _Request) -> Meeting | None:
    same = select(Meeting).where(Meeting.idempotency_key == request.key)
    return work.session.scalars(same).first()


def _booked_unheard(work: UnitOfWork, request: _Request) -> Meeting | None:
    """Return the meeting that this conversation has at this time already."""
    mine = select(RecordLink.record_id).where(
        RecordLink.conversation_id == request.conversation_id, RecordLink.record_kind == MEETING
    )
    same = select(Meeting).where(
        Meeting.id.in_(mine),
        Meeting.host_id == request.host_id,
        Meeting.starts_at == request.starts_at,
        Meeting.status == MeetingStatus.BOOKED.value,
    )
    return work.session.scalars(same).first()


def _take(desk: Desk, work: UnitOfWork, request: _Request) -> Meeting:
    """Put the meeting on everybody's time, or raise without a trace."""
    refuse_visit(desk, work, request.contact, request.mode)
    claim = find_slot(desk, work, _wanted(request))
    meeting = _meeting(desk, request)
    _seal(work, meeting, request)
    give_time(desk, work, claim, meeting)
    return meeting


def _wanted(request: _Request) -> WantedTime:
    own = Own(holder=request.holder)
    return WantedTime(request.host_id, request.starts_at, request.mode, own, request.needs)


def _meeting(desk: Desk, request: _Request) -> Meeting:
    meeting_id = new_id()
    token = record_token(desk.keys.lookup, MEETING, meeting_id)
    return Meeting(
        id=meeting_id,
        reference=new_reference(),
        token_digest=link_digest(desk.keys.lookup, token),
        idempotency_key=request.key,
        channel=request.channel.value,
        status=MeetingStatus.BOOKED.value,
        sequence=0,
        through_clerk=is_met_through_clerk(desk.school.person(request.host_id)),
        made_at=desk.clock.now(),
    )


def _seal(work: UnitOfWork, meeting: Meeting, request: _Request) -> None:
    work.seal_json(meeting, "contact", asdict(request.contact))
    work.seal_json(meeting, "child", asdict(request.child))
    work.seal_json(meeting, "needs", asdict(request.needs))
    work.seal(meeting, "note", request.note)


def _record(desk: Desk, work: UnitOfWork, request: _Request, meeting: Meeting) -> None:
    """Write subjects, grants, the conversation's link, history and messages."""
    for staff_id in sorted(request.subjects):
        subject = MeetingSubject(meeting_id=meeting.id, staff_id=staff_id, named_at=meeting.made_at)
        work.session.add(subject)
    grant_readers(desk, work, meeting, request.subjects)
    index_record(desk, work, MEETING, meeting.id, (request.contact, request.child))
    link_record(work, request.conversation_id, MEETING, meeting.id, meeting.made_at)
    work.history.append(
        "meeting.booked",
        PARENT,
        MEETING,
        meeting.id,
        host=meeting.host_id,
        room=meeting.room_id,
        interpreter=meeting.interpreter_id,
        ineligible_for_panel=meeting.through_clerk,  # who listened cannot judge
    )
    tell_readers(desk, work, meeting, "booked")
    tell_parent(desk, work, meeting, request.contact, "booked")
    plan_reminders(desk, work, meeting)
