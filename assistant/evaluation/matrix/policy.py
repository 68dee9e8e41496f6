"""The answer that the permission map and the rows of access foretell, before anybody is asked."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.casework.duty import ChatState
from assistant.casework.hosts import may_set_hours
from assistant.casework.kinds import CaseKind, Role
from assistant.casework.wall import school_wall
from assistant.evaluation.matrix.deciding import THEIRS
from assistant.evaluation.matrix.gaps import Gap
from assistant.evaluation.matrix.planting import case_of
from assistant.security.permissions import Permission, Visitor, may
from assistant.security.routes import may_use
from assistant.services.case_access import CLERK
from assistant.services.sessions import session_handle
from assistant.store.alert_tables import AlertRecipient, AlertSubject
from assistant.store.ledger import AlertOutbox, Outbox
from assistant.store.live_tables import LiveChat, LiveSubject
from assistant.store.meeting_tables import CalendarFeed, Meeting, MeetingAccess, MeetingSubject
from assistant.store.sign_in_tables import Passkey
from assistant.store.tables import CaseAccess, CaseFile, CaseSubject, DeskSession
from assistant.store.worklist_tables import SavedView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.evaluation.matrix.fresh import Filled
    from assistant.evaluation.matrix.gaps import Asked
    from assistant.services.desk import Desk

AFTER_A_FIRST_STEP = frozenset({"second_step.show", "second_step.take"})
"""Whoever took no first step of signing in is sent to it."""
OF_SCHOOL_ACCOUNTS = frozenset({"school_account.start", "school_account.back"})
MANAGING = frozenset({"access.grant", "access.revoke", "access.hand_over"})
"""Who reads a case is changed by its handler and its clerk alone."""
TAKING = "chats.take"


class Answer(StrEnum):
    """What an answer says of the door: its letter in the printed matrix."""

    OPEN = "o"
    ABSENT = "."
    SIGN_IN = "s"
    PASSWORD = "p"  # noqa: S105 - a letter
    PROVE = "v"
    SECOND_STEP = "2"
    BACK = "b"
    REFUSED = "x"
    BROKEN = "!"


def expected(desk: Desk, who: Visitor, asked: Asked, filled: Filled) -> Answer:
    """Return the answer that the policy demands."""
    if not may_use(who, asked.name):
        return _turned_away(who, asked.name)
    if asked.name in AFTER_A_FIRST_STEP:
        return Answer.SIGN_IN
    if not _is_there(desk, who.staff_id, asked, filled):
        return Answer.ABSENT
    is_theirs = THEIRS.get(asked.name)
    if is_theirs and not is_theirs(desk, who.staff_id, filled.value):
        return Answer.BACK
    return Answer.OPEN


def _is_there(desk: Desk, staff_id: str, asked: Asked, filled: Filled) -> bool:
    if asked.name in OF_SCHOOL_ACCOUNTS:
        return desk.school_account is not None
    if asked.gap in ROWS and filled.there:
        return ROWS[asked.gap](desk, staff_id, filled.value, asked.name)
    return filled.there


def _turned_away(who: Visitor, route: str) -> Answer:
    """Tell where somebody is sent who lacks one thing, which each page in between asks for."""
    if not who.staff_id:
        return Answer.SIGN_IN
    if not who.has_own_password:
        return Answer.PASSWORD
    if not may_use(replace(who, proved_lately=True, lacks_second_step=False), route):
        return Answer.ABSENT
    if not may(who, Permission.SEE_WORK):
        return Answer.SECOND_STEP
    return Answer.ABSENT if who.proved_lately else Answer.PROVE


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


def _request(desk: Desk, staff_id: str, reference: str, route: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        case = case_of(work, reference)
        is_request = case is not None and case.kind == CaseKind.DATA_PROTECTION.value
    return is_request and _case(desk, staff_id, reference, route)


def _part_of_case(desk: Desk, staff_id: str, value: str, route: str) -> bool:
    """Tell of a step or a restriction, which stands behind its case's reference."""
    return _case(desk, staff_id, value.partition("/")[0], route)


def _record(desk: Desk, staff_id: str, reference: str, route: str) -> bool:
    return _case(desk, staff_id, reference, route) or _meeting(desk, staff_id, reference, route)


def _letter(desk: Desk, staff_id: str, letter_id: str, route: str) -> bool:
    with desk.alerts_unit_of_work(read_only=True) as work:
        of_alert = work.session.get(AlertOutbox, letter_id)
        if of_alert:
            return _alert(desk, staff_id, of_alert.target_id, route)
    with desk.unit_of_work(read_only=True) as work:
        letter = work.session.get(Outbox, letter_id)
        if letter is None:
            return False
        case = work.session.get(CaseFile, letter.target_id)
        if case is None:
            return bool({Role.CLERK, Role.BUSINESS_MANAGER} & {*desk.school.person(staff_id).roles})
        return _case(desk, staff_id, case.reference, route)


def _session(desk: Desk, staff_id: str, handle: str, _route: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        mine = work.session.query(DeskSession).filter_by(staff_id=staff_id)
        return any(session_handle(desk, each) == handle for each in mine)


def _passkey(desk: Desk, staff_id: str, passkey_id: str, _route: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        passkey = work.session.get(Passkey, passkey_id)
        return passkey is not None and passkey.staff_id == staff_id


def _alert(desk: Desk, staff_id: str, alert_id: str, _route: str) -> bool:
    with desk.alerts_unit_of_work(read_only=True) as work:
        about = work.session.query(AlertSubject).filter_by(alert_id=alert_id)
        walled = school_wall(desk.school, {each.staff_id for each in about})
        told = work.session.get(AlertRecipient, (alert_id, staff_id))
        return told is not None and staff_id not in walled


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


def _chat(desk: Desk, staff_id: str, chat_id: str, route: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        chat = work.session.get(LiveChat, chat_id)
        if chat is None:
            return False
        about = work.session.query(LiveSubject).filter_by(chat_id=chat_id)
        if staff_id in school_wall(desk.school, {each.staff_id for each in about}):
            return False
        waits = chat.state == ChatState.WAITING.value
        return chat.taken_by == staff_id or (waits and route == TAKING)


ROWS: Mapping[Gap, Callable[[Desk, str, str, str], bool]] = {
    Gap.CASE: _case,
    Gap.CAMPAIGN: _case,
    Gap.POST: _case,
    Gap.STEP: _part_of_case,
    Gap.USE: _part_of_case,
    Gap.REQUEST: _request,
    Gap.RECORD: _record,
    Gap.LETTER: _letter,
    Gap.SESSION: _session,
    Gap.PASSKEY: _passkey,
    Gap.MEETING: _meeting,
    Gap.ALERT: _alert,
    Gap.HOURS: _hours,
    Gap.VIEW: _view,
    Gap.FEED: _feed,
    Gap.CHAT: _chat,
}
"""Whether a record is open to a person by its rows: desk, staff id, what is asked for, route."""
