"""List who may sit on a panel about a case: those who met the family or dealt with it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.details.contact import normalise_phone
from assistant.casework.panel import PanelMember, panel_for
from assistant.services.case_access import subjects_of
from assistant.services.record_links import CASE, MEETING
from assistant.services.records import contact_of
from assistant.services.who_may_read import case_for
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile, RecordLink

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.unit_of_work import UnitOfWork


def panel_of_case(desk: Desk, *, staff_id: str, reference: str) -> tuple[PanelMember, ...]:
    """Return every governor with what bars them from a panel about the case.

    A family is known by its conversation, its phone number or its e-mail address. A meeting that
    was called off bars as well: its host could read what it was to be about.

    Raises ``NotHere`` for a case that is missing or behind the wall.
    """
    with desk.unit_of_work(read_only=True) as work:
        case = case_for(desk, work, staff_id, reference)
        return panel_for(
            desk.school,
            subjects_of(work, case.id),
            met=_who_met_the_family(work, case),
            dealt=_who_dealt_with(work, case),
        )


def _who_met_the_family(work: UnitOfWork, case: CaseFile) -> AbstractSet[str]:
    """Return the hosts of the family's meetings that were noted as a bar when they were booked."""
    known, linked = _marks(contact_of(work, case)), _linked(work, case.id)
    hosts: set[str] = set()
    for meeting in work.session.scalars(select(Meeting).where(Meeting.through_clerk)):
        if meeting.id in linked or known & _marks(contact_of(work, meeting)):
            hosts |= {meeting.host_id, *_noted_hosts(work, meeting)}
    return hosts


def _noted_hosts(work: UnitOfWork, meeting: Meeting) -> AbstractSet[str]:
    """Return also a host who handed the meeting over to another."""
    events = (event.details for event in work.events_of(MEETING, meeting.id))
    return {str(told["host"]) for told in events if told.get("ineligible_for_panel")}


def _who_dealt_with(work: UnitOfWork, case: CaseFile) -> AbstractSet[str]:
    """Return who handles the case and who acted on it; reading it as the clerk does is no act."""
    actors = {event.actor for event in work.events_of(CASE, case.id) if event.kind != "case.read"}
    return actors | ({case.handler_id} if case.handler_id else set())


def _linked(work: UnitOfWork, case_id: str) -> AbstractSet[str]:
    """Return the ids of the meetings that were made in a conversation of the case."""
    case_links = RecordLink.record_kind == CASE, RecordLink.record_id == case_id
    conversations = select(RecordLink.conversation_id).where(*case_links)
    theirs = select(RecordLink.record_id).where(
        RecordLink.record_kind == MEETING, RecordLink.conversation_id.in_(conversations)
    )
    return frozenset(work.session.scalars(theirs))


def _marks(contact: Contact) -> AbstractSet[str]:
    marks = {normalise_phone(contact.phone), contact.email.strip().casefold() or None}
    return frozenset(mark for mark in marks if mark)
