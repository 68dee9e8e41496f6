"""Who may take which step, and who hears an appeal."""

from __future__ import annotations

import pytest

from assistant.casework.kinds import CaseKind, Role
from assistant.casework.policy_steps import (
    GRAVE,
    PolicyStep,
    RestrictedUse,
    judges_of,
    may_take,
    uses_of,
)
from assistant.casework.school import load_school

SCHOOL = load_school("primary")
HEAD, HUSBAND, CHAIR, VICE, CLERK = (
    "mrs-ashworth",
    "mr-rigby",
    "dr-siddiqui",
    "mr-thorpe",
    "ms-whitaker",
)


@pytest.mark.parametrize("step", PolicyStep)
def test_the_handler_takes_light_steps_and_head_or_chair_every_step(step: PolicyStep) -> None:
    deciders = SCHOOL.grave_steps_by
    assert may_take(step, (Role.DEPUTY,), deciders=deciders, handles=True) == (step not in GRAVE)
    assert not may_take(step, (Role.DEPUTY,), deciders=deciders, handles=False)
    for role in (Role.HEADTEACHER, Role.CHAIR):
        assert may_take(step, (role,), deciders=deciders, handles=False)


def test_who_decides_grave_steps_is_a_setting() -> None:
    assert may_take(PolicyStep.POLICE, (Role.CLERK,), deciders=(Role.CLERK,), handles=False)
    assert not may_take(PolicyStep.POLICE, (Role.CHAIR,), deciders=(Role.CLERK,), handles=True)


@pytest.mark.parametrize(
    ("imposed_by", "subjects", "recused", "first"),
    [
        (HEAD, set(), set(), CHAIR),
        (CHAIR, set(), set(), VICE),
        (CHAIR, {HEAD}, set(), VICE),
        (HEAD, set(), {CHAIR}, VICE),
        (HEAD, {CHAIR}, {VICE}, CLERK),
    ],
)
def test_an_appeal_goes_to_somebody_who_had_no_part_in_it(
    imposed_by: str, subjects: set[str], recused: set[str], first: str
) -> None:
    found = judges_of(SCHOOL, imposed_by=imposed_by, subjects=subjects, recused=recused)
    assert found[0].id == first
    assert imposed_by not in {person.id for person in found}


def test_where_nobody_is_free_there_is_no_judge() -> None:
    everybody = {CHAIR, VICE, CLERK}
    assert judges_of(SCHOOL, imposed_by=HEAD, subjects=everybody) == ()


def test_other_cases_close_visits_alone() -> None:
    assert uses_of(CaseKind.SOCIAL_MEDIA) == tuple(RestrictedUse)
    assert uses_of(CaseKind.COMPLAINT) == (RestrictedUse.VISITS,)
