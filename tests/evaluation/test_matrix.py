"""Who gets what at every address: the policy foretells it, and a running desk is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sanic import Sanic
from sanic.response import empty
from sqlalchemy import true

from assistant.casework.kinds import Role
from assistant.evaluation.matrix.asking import (
    Cell,
    Stage,
    ask_everything,
    matrix_stage,
)
from assistant.evaluation.matrix.filling import CLOSED
from assistant.evaluation.matrix.gaps import Gap, UntaughtError, asked_of
from assistant.evaluation.matrix.people import NO_SECOND_STEP, roles_apart
from assistant.evaluation.matrix.policy import Answer
from assistant.evaluation.matrix.proving import forms_that_do_nothing
from assistant.evaluation.matrix.records import CONFLICTED
from assistant.evaluation.matrix.report import summary, wrong_answers
from assistant.security.routes import ROUTES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def asked_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with matrix_stage(tmp_path_factory.mktemp("matrix") / "data") as stage:
        yield stage


@pytest.fixture(scope="module")
def cells(asked_stage: Stage) -> list[Cell]:
    return list(ask_everything(asked_stage, roles_apart(), apart=True))


def test_every_answer_is_the_one_that_policy_and_rows_foretell(cells: list[Cell]) -> None:
    wrong = wrong_answers(cells)
    assert wrong == [], summary(cells, wrong, ())


def test_every_route_of_the_running_application_was_asked(
    cells: list[Cell], asked_stage: Stage
) -> None:
    assert {cell.asked.name for cell in cells} == set(ROUTES)
    assert len({cell.asked for cell in cells}) == len(asked_stage.routes())


def test_no_record_opens_that_is_closed_by_its_very_name(cells: list[Cell]) -> None:
    """The rows that foretell an answer could themselves be wrong; these need no rows."""
    kept_for_others = {("clerk", Gap.HOURS)}
    opened = [
        str(cell)
        for cell in cells
        if cell.whose in CLOSED and cell.seen is Answer.OPEN
        if (cell.role, cell.asked.gap) not in kept_for_others
        if cell.asked.name not in {"meet.clear", "meet.exit", "sign_in.first_form"}
    ]
    assert opened == []
    assert len([cell for cell in cells if cell.whose in CLOSED]) > 700


def test_the_complete_forms_that_were_refused_would_have_done_something(
    asked_stage: Stage,
) -> None:
    assert forms_that_do_nothing(asked_stage) == []


@pytest.mark.long
def test_every_role_gets_what_policy_and_rows_foretell(tmp_path: Path) -> None:
    with matrix_stage(tmp_path / "data") as stage:
        found = list(ask_everything(stage))
    assert wrong_answers(found) == []
    assert {role.value for role in Role} <= {cell.role for cell in found}


def test_an_open_wall_and_an_open_door_are_found(
    asked_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check itself is checked: faults are planted and must be seen."""
    few = [Role.TEACHER]
    only = {"desk.case", "desk_policy.take", "figures.show"}
    monkeypatch.setattr(
        Stage, "routes", lambda stage: [each for each in _all(stage) if each.name in only]
    )
    assert wrong_answers(list(ask_everything(asked_stage, few))) == []
    with monkeypatch.context() as plant:
        plant.setattr("assistant.services.seen_records.case_is_outside_wall", lambda *_: true())
        leaks = wrong_answers(list(ask_everything(asked_stage, few)))
    assert {f"desk.case as teacher, {whose}" for whose in CONFLICTED} <= {
        leak.partition(":")[0].removeprefix("GET ") for leak in leaks
    }
    with monkeypatch.context() as plant:
        plant.setattr("assistant.services.policy_ladder.may_take", lambda *_, **__: True)
        leaks = wrong_answers(list(ask_everything(asked_stage, few)))
    (leak,) = (each for each in leaks if each.startswith("POST desk_policy.take as teacher, own:"))
    assert leak.endswith("something was written")
    with monkeypatch.context() as plant:
        plant.setattr("assistant.web.gate.may_use", lambda who, _route: bool(who.staff_id))
        leaks = wrong_answers(list(ask_everything(asked_stage, few)))
    assert any(leak.startswith("GET figures.show as teacher") for leak in leaks)


def test_who_lacks_a_second_step_or_a_fresh_proof_is_sent_to_it(cells: list[Cell]) -> None:
    late = {cell.seen for cell in cells if cell.role == NO_SECOND_STEP}
    stale = {cell.asked.name for cell in cells if cell.seen is Answer.PROVE}
    assert Answer.SECOND_STEP in late
    assert {"colleague_login.make", "passkeys.add", "sign_in.password_save"} <= stale


def _all(stage: Stage) -> list[object]:
    return [asked for route in stage.app.router.routes for asked in asked_of(route)]


def test_a_parameter_that_nobody_taught_the_matrix_stops_it() -> None:
    app = Sanic("untaught")
    app.add_route(lambda *_, **__: empty(), "/desk/diaries/<who:str>", name="diaries.show")
    (route,) = app.router.routes
    with pytest.raises(UntaughtError, match=r"diaries\.show has the parameter 'who'"):
        asked_of(route)
