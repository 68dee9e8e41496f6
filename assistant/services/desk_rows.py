"""Rows of the database as the desk shows them; shared by the desk services."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.alert_clock import lado_deadline
from assistant.casework.alert_steps import AlertState
from assistant.casework.calendar import LONDON
from assistant.casework.handlers import titled
from assistant.casework.kinds import AlertKind, CaseKind, CaseStatus, MeetingMode, MeetingStatus
from assistant.services.desk_shapes import AlertRow, CaseRow, DueDate, MeetingRow
from assistant.services.proposals import open_proposals
from assistant.services.records import child_of, contact_of, needs_of
from assistant.store.tables import CaseDeadline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import Proposal
    from assistant.store.alert_tables import Alert
    from assistant.store.meeting_tables import Meeting
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def case_rows(work: UnitOfWork, cases: Sequence[CaseFile]) -> tuple[CaseRow, ...]:
    """Return the cases with their dates, read in one go."""
    ids = [case.id for case in cases]
    dates = select(CaseDeadline).where(CaseDeadline.case_id.in_(ids))
    by_case: dict[str, list[CaseDeadline]] = {case_id: [] for case_id in ids}
    for row in work.session.scalars(dates.order_by(CaseDeadline.due_on, CaseDeadline.name)):
        by_case[row.case_id].append(row)
    return tuple(_case_row(work, case, by_case[case.id]) for case in cases)


def meeting_rows(
    desk: Desk, work: UnitOfWork, meetings: Sequence[Meeting]
) -> tuple[MeetingRow, ...]:
    """Return the meetings with what was proposed for each, read in one go."""
    proposals = open_proposals(desk, work, [meeting.id for meeting in meetings])
    return tuple(_meeting_row(desk, work, each, proposals.get(each.id)) for each in meetings)


def meeting_row(desk: Desk, work: UnitOfWork, meeting: Meeting) -> MeetingRow:
    """Return one meeting as a line of the list."""
    return meeting_rows(desk, work, [meeting])[0]


def alert_row(desk: Desk, alert: Alert) -> AlertRow:
    """Return an alert as a line of the list."""
    return AlertRow(
        id=alert.id,
        kind=alert.kind,
        kind_label=AlertKind(alert.kind).label,
        state=alert.state,
        state_label=AlertState(alert.state).label,
        raised_at=alert.raised_at,
        acknowledged_at=alert.acknowledged_at,
        lado_due=_lado_due(desk, alert) if alert.about_adult else None,
    )


def _lado_due(desk: Desk, alert: Alert) -> DueDate:
    due = lado_deadline(alert.raised_at, desk.calendar)
    told = alert.lado_told_on
    met_at = datetime.combine(told, time(12), LONDON) if told else None
    return DueDate(due.name, due.due_on, due.sum, met_at)


def who(desk: Desk, staff_id: str) -> str:
    """Return a person's name and role, also after they left the school file."""
    person = desk.school.by_id.get(staff_id)
    return titled(person) if person else "Somebody who has left"


def _meeting_row(
    desk: Desk, work: UnitOfWork, meeting: Meeting, proposal: Proposal | None
) -> MeetingRow:
    return MeetingRow(
        id=meeting.id,
        reference=meeting.reference,
        status=meeting.status,
        status_label=MeetingStatus(meeting.status).label,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        mode=meeting.mode,
        mode_label=MeetingMode(meeting.mode).label,
        place=meeting.place,
        host_id=meeting.host_id,
        host_label=who(desk, meeting.host_id),
        contact=contact_of(work, meeting),
        child=child_of(work, meeting),
        needs=needs_of(work, meeting),
        interpreter_booked=meeting.interpreter_id is not None,
        proposal=proposal,
    )


def _case_row(work: UnitOfWork, case: CaseFile, dates: Sequence[CaseDeadline]) -> CaseRow:
    return CaseRow(
        id=case.id,
        reference=case.reference,
        kind=case.kind,
        kind_label=CaseKind(case.kind).label,
        stage=case.stage,
        status=case.status,
        status_label=CaseStatus(case.status).label,
        handler_label=case.handler_label,
        received_at=case.received_at,
        contact=contact_of(work, case),
        child=child_of(work, case),
        deadlines=tuple(
            DueDate(row.name, row.due_on, row.sum, row.met_at)
            for row in dates
            if row.stopped_on is None
        ),
    )
