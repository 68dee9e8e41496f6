"""Whose step it is over a record that they may read: foretold from the rows and the school file.

Whoever it is not theirs to take is shown the steps as they are, and nothing changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseStatus, Role
from assistant.casework.wall import school_wall
from assistant.evaluation.matrix.planting import case_of
from assistant.store.alert_tables import AlertSubject
from assistant.store.policy_tables import RestrictionAppeal, UseRestriction
from assistant.store.tables import CaseFile, CaseSubject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.services.desk import Desk

GENTLE = "talk"
HEAR_APPEALS = frozenset({Role.CHAIR, Role.VICE_CHAIR, Role.CLERK})


def decides(desk: Desk, staff_id: str) -> bool:
    """Tell whether the person is one of those who take grave steps at this school."""
    return bool({*desk.school.person(staff_id).roles} & {*desk.school.grave_steps_by})


def _step(desk: Desk, staff_id: str, value: str) -> bool:
    reference, step = value.split("/")
    with desk.unit_of_work(read_only=True) as work:
        case = case_of(work, reference)
        if case is None or case.status == CaseStatus.CLOSED.value:
            return False
        return decides(desk, staff_id) or (step == GENTLE and case.handler_id == staff_id)


def _closing(desk: Desk, staff_id: str, reference: str) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        case = case_of(work, reference)
        return bool(case and case.status != CaseStatus.CLOSED.value) and decides(desk, staff_id)


def _decision(desk: Desk, staff_id: str, value: str) -> bool:
    """Once it is appealed, only somebody decides who is far from who closed it and from whom."""
    with desk.unit_of_work(read_only=True) as work:
        use = work.session.get_one(UseRestriction, value.partition("/")[2])
        if not work.session.query(RestrictionAppeal).filter_by(restriction_id=use.id).first():
            return decides(desk, staff_id)
        case = work.session.get_one(CaseFile, use.case_id)
        about = work.session.query(CaseSubject).filter_by(case_id=case.id)
        close = school_wall(desk.school, {use.imposed_by, *(each.staff_id for each in about)})
    hears = HEAR_APPEALS & {*desk.school.person(staff_id).roles}
    return bool(hears) and staff_id not in close


def _lead(desk: Desk, staff_id: str, alert_id: str) -> bool:
    """Tell whether the person is a safeguarding lead as the school file has them, for this alert.

    All of them behind the wall: the first who is free of those who stand in.
    """
    with desk.alerts_unit_of_work(read_only=True) as work:
        about = work.session.query(AlertSubject).filter_by(alert_id=alert_id)
        walled = school_wall(desk.school, {each.staff_id for each in about})
    leads = {lead.staff for lead in desk.school.safeguarding.leads} - walled
    return staff_id in leads if leads else _stands_in(desk, staff_id, walled)


def _stands_in(desk: Desk, staff_id: str, walled: frozenset[str]) -> bool:
    roles = (Role.HEADTEACHER, Role.CHAIR, Role.VICE_CHAIR, Role.CLERK)
    people = [each.id for role in roles for each in desk.school.with_role(role)]
    return next((each for each in people if each not in walled), "") == staff_id


THEIRS: Mapping[str, Callable[[Desk, str, str], bool]] = {
    "desk_policy.step": _step,
    "desk_policy.take": _step,
    "desk_restrictions.form": _closing,
    "desk_restrictions.restrict": _closing,
    "desk_restrictions.decide": _decision,
    "alert_keeping.change": _lead,
}
"""By route: desk, staff id, what is asked for. Every other route is for all who may read."""
