"""The answer that the permission map and the rows of access foretell, before anybody is asked."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.casework.hosts import may_set_hours
from assistant.casework.wall import school_wall
from assistant.evaluation.matrix.gaps import Gap
from assistant.security.permissions import Permission, Visitor, may, may_use
from assistant.services.case_access import CLERK
from assistant.store.alert_tables import AlertRecipient
from assistant.store.meeting_tables import CalendarFeed, Meeting, MeetingAccess, MeetingSubject
from assistant.store.tables import CaseAccess, CaseFile, CaseSubject
from assistant.store.worklist_tables import SavedView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.evaluation.matrix.filling import Filled
    from assistant.evaluation.matrix.gaps import Asked
    from assistant.services.desk import Desk

MANAGING = frozenset({"access.grant", "access.revoke", "access.hand_over"})
"""Who reads a case is changed by its handler and its clerk alone."""


class Answer(StrEnum):
    """What an answer says of the door: its letter in the printed matrix."""

    OPEN = "o"
    ABSENT = "."
    SIGN_IN = "s"
    PASSWORD = "p"  # noqa: S105 - a letter
    REFUSED = "x"
    BROKEN = "!"


def expected(desk: Desk, who: Visitor, asked: Asked, filled: Filled) -> Answer:
    """Return the answer that the policy demands."""
    if not may_use(who, asked.name):
        return _turned_away(who)
    if asked.gap in ROWS:
        opens = ROWS[asked.gap](desk, who.staff_id, filled.value, asked.name)
    else:
        opens = filled.there
    return Answer.OPEN if opens else Answer.ABSENT


def _turned_away(who: Visitor) -> Answer:
    if not may(who, Permission.SIGN_OUT):
        return Answer.SIGN_IN
    return Answer.ABSENT if may(who, Permission.SEE_WORK) else Answer.PASSWORD


def _case(desk: Desk, staff_id: str, reference: str, route: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        case = work.session.query(CaseFile).filter_by(reference=reference).first()
        grant = work.session.get(CaseAccess, (case.id, staff_id)) if case else None
        if case is None or grant is None:
            return False
        about = work.session.query(CaseSubject).filter_by(case_id=case.id)
        if staff_id in school_wall(desk.school, {each.staff_id for each in about}):
            return False
        return route not in MANAGING or case.handler_id == staff_id or grant.why == CLERK


def _meeting(desk: Desk, staff_id: str, reference: str, _route: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        meeting = work.session.query(Meeting).filter_by(reference=reference).first()
        if meeting is None:
            return False
        granted = work.session.get(MeetingAccess, (meeting.id, staff_id))
        about = work.session.query(MeetingSubject).filter_by(meeting_id=meeting.id)
        walled = school_wall(desk.school, {each.staff_id for each in about})
        return (meeting.host_id == staff_id or bool(granted)) and staff_id not in walled


def _alert(desk: Desk, staff_id: str, alert_id: str, _route: str) -> bool:
    with desk.alerts_unit_of_work(read_only=True) as work:
        return work.session.get(AlertRecipient, (alert_id, staff_id)) is not None


def _hours(desk: Desk, staff_id: str, host_id: str, _route: str) -> bool:
    people = desk.school.by_id
    return host_id in people and may_set_hours(desk.school, people[staff_id], people[host_id])


def _view(desk: Desk, staff_id: str, view_id: str, _route: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        view = work.session.get(SavedView, view_id)
        return view is not None and view.staff_id == staff_id


def _feed(desk: Desk, staff_id: str, feed_id: str, _route: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        feed = work.session.get(CalendarFeed, feed_id)
        return feed is not None and feed.staff_id == staff_id


ROWS: Mapping[Gap, Callable[[Desk, str, str, str], bool]] = {
    Gap.CASE: _case,
    Gap.MEETING: _meeting,
    Gap.ALERT: _alert,
    Gap.HOURS: _hours,
    Gap.VIEW: _view,
    Gap.FEED: _feed,
}
"""Whether a record is open to a person by its rows: desk, staff id, what is asked for, route."""
