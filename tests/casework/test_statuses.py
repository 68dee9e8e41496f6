"""The procedure of each kind of case: every move that it has, and none besides."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.casework.school import load_school
from assistant.casework.statuses import (
    FINISHED,
    NEEDS_MORE,
    goes_on,
    next_statuses,
    plain_statuses,
)

SHORT = """
received: acknowledged outcome_sent closed redirected diverted
acknowledged: outcome_sent closed redirected diverted
outcome_sent: closed diverted
closed: acknowledged
"""
NEVER_STOPS = """
received: acknowledged investigating outcome_sent closed redirected diverted
acknowledged: investigating outcome_sent closed redirected diverted
investigating: outcome_sent closed redirected diverted
outcome_sent: investigating closed diverted
closed: investigating
"""
PAUSES = """
received: acknowledged investigating paused outcome_sent closed redirected diverted
acknowledged: investigating paused outcome_sent closed redirected diverted
investigating: paused outcome_sent closed redirected diverted
paused: closed redirected diverted
outcome_sent: investigating closed diverted
closed: investigating
"""
BY_STAGES = """
received: acknowledged investigating paused outcome_sent closed redirected diverted
acknowledged: investigating paused outcome_sent closed redirected diverted
investigating: paused outcome_sent closed redirected diverted
paused: closed redirected diverted
outcome_sent: investigating escalated closed diverted
escalated: acknowledged investigating paused outcome_sent closed redirected diverted
closed: investigating escalated
"""
PROCEDURES = {
    "feedback": SHORT,
    "call_back": SHORT,
    "concern": BY_STAGES,
    "complaint": BY_STAGES,
    "data_protection": NEVER_STOPS,
    "data_complaint": NEVER_STOPS,
    "social_media": PAUSES,
}


def legal(kind: CaseKind) -> set[tuple[str, str]]:
    lines = (line.split(": ") for line in PROCEDURES[kind.value].strip().splitlines())
    return {(start, end) for start, ends in lines for end in ends.split()}


@pytest.mark.parametrize("kind", CaseKind)
def test_every_move_is_legal_or_not_as_the_procedure_says(kind: CaseKind) -> None:
    for start, end in product(CaseStatus, CaseStatus):
        is_legal = (start.value, end.value) in legal(kind)
        assert (end in next_statuses(kind, start)) is is_legal, (start, end)
        assert (end in plain_statuses(kind, start)) is (is_legal and end not in NEEDS_MORE)


@pytest.mark.parametrize("kind", CaseKind)
def test_nothing_leads_out_of_an_end_but_a_closed_case_may_be_taken_up(kind: CaseKind) -> None:
    for status in FINISHED - {CaseStatus.CLOSED}:
        assert next_statuses(kind, status) == ()
    assert next_statuses(kind, CaseStatus.CLOSED)


@pytest.mark.parametrize("name", ["primary", "secondary"])
def test_stages_lead_on_in_the_order_of_the_file_and_end(name: str) -> None:
    school = load_school(name)
    formal = school.first_stage(CaseKind.COMPLAINT)
    panel = school.stage_after(formal)
    assert panel is not None
    assert goes_on(CaseKind.COMPLAINT, school, formal)
    assert not goes_on(CaseKind.COMPLAINT, school, panel)
    assert not goes_on(CaseKind.FEEDBACK, school, school.first_stage(CaseKind.FEEDBACK))
