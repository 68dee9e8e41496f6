"""Show a whole case to somebody who may read it; each reading is noted in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from assistant.casework.kinds import OF_THE_SCHOOL, CaseKind, CaseStatus
from assistant.casework.statuses import NEEDS_MORE, goes_on, next_statuses, plain_statuses
from assistant.services.desk_rows import case_rows
from assistant.services.desk_shapes import CaseView, TimelineEntry
from assistant.services.extend_request import reply_to_extend
from assistant.services.judge_lateness import waits_for_judgement
from assistant.services.record_links import CASE
from assistant.services.records import needs_of, readers_of
from assistant.services.timeline import timeline_of
from assistant.services.who_may_read import case_for
from assistant.store.figure_tables import CaseTopic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork

BEGINS: Mapping[bool, tuple[Literal["parent", "staff"], str]] = {
    False: ("parent", "The parent wrote"),
    True: ("staff", "What the school noted"),
}
"""Whether the school began the case itself to whose the first words are, and their title."""


def view_case(desk: Desk, staff_id: str, reference: str) -> CaseView:
    """Return the case; raises ``NotHere`` for a missing one and for one behind the wall alike."""
    with desk.unit_of_work() as work:
        case = case_for(desk, work, staff_id, reference)
        work.history.append("case.read", staff_id, CASE, case.id)
        work.commit()
        return _view(desk, work, case, staff_id)


def _view(desk: Desk, work: UnitOfWork, case: CaseFile, staff_id: str) -> CaseView:
    statement = work.unseal(case, "statement")
    kind, status = CaseKind(case.kind), CaseStatus(case.status)
    sent = TimelineEntry(case.received_at, *BEGINS[kind in OF_THE_SCHOOL], statement)
    return CaseView(
        row=case_rows(work, [case])[0],
        channel=case.channel,
        statement=statement,
        outcome_wanted=work.unseal(case, "outcome_wanted"),
        needs=needs_of(work, case),
        deemed_received_on=case.deemed_received_on,
        readers=readers_of(desk, work.session, case.id),
        timeline=(sent, *timeline_of(desk, work, CASE, case.id, staff_id)),
        next_statuses=tuple(each.value for each in plain_statuses(kind, status)),
        steps=tuple(each.value for each in next_statuses(kind, status) if each in NEEDS_MORE),
        escalate_by=case.escalate_by,
        incident_on=case.incident_on,
        late=waits_for_judgement(desk, case),
        next_stage=_next_stage(desk, case),
        may_extend=reply_to_extend(desk, work, case) is not None,
        topic=_topic(work, case),
    )


def _topic(work: UnitOfWork, case: CaseFile) -> str:
    row = work.session.get(CaseTopic, case.id)
    return row.topic if row else ""


def _next_stage(desk: Desk, case: CaseFile) -> str:
    kind = CaseKind(case.kind)
    stage = desk.school.stage_of(kind, case.stage)
    further = desk.school.stage_after(stage) if goes_on(kind, desk.school, stage) else None
    return further.name if further else ""
