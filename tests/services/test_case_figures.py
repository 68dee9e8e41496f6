"""Figures are of past terms, hold small numbers back, and do not know what is walled off."""

from datetime import timedelta

from assistant.casework.figures import TOTAL, FigureTable
from assistant.casework.kinds import CaseKind, Channel
from assistant.services.case_figures import case_figures
from assistant.services.desk import Desk
from assistant.services.open_case import open_case
from assistant.services.shapes import Child, Contact, Needs
from tests.desks import pass_time

HEAD, CLERK = "mrs-ashworth", "ms-whitaker"


def send(desk: Desk, key: str, kind: CaseKind, about: frozenset[str] = frozenset()) -> None:
    open_case(
        desk,
        idempotency_key=key,
        conversation_id=None,
        kind=kind,
        channel=Channel.COMPLAINT,
        statement="Words.",
        outcome_wanted="",
        contact=Contact("Dana"),
        child=Child("Finn", 4, "4B"),
        needs=Needs(),
        subjects=about,
    )


def fill(desk: Desk) -> None:
    for number in range(7):
        send(desk, f"complaint {number}", CaseKind.COMPLAINT)
    for number in range(6):
        send(desk, f"media {number}", CaseKind.SOCIAL_MEDIA)
    for number in range(2):
        send(desk, f"concern {number}", CaseKind.CONCERN)


def named(tables: tuple[FigureTable, ...], name: str) -> FigureTable:
    return next(table for table in tables if table.plan.name == name)


def test_a_running_term_shows_nothing_and_a_past_one_does(desk: Desk) -> None:
    fill(desk)
    assert named(case_figures(desk, CLERK), "themes").rows == (TOTAL,)
    pass_time(desk, days=timedelta(weeks=8).days)
    assert named(case_figures(desk, CLERK), "themes").cells[TOTAL, TOTAL] == 15


def test_a_small_kind_cannot_be_worked_out_from_the_total(desk: Desk) -> None:
    fill(desk)
    pass_time(desk, days=56)
    cells = named(case_figures(desk, CLERK), "themes").cells
    assert cells[CaseKind.CONCERN.label, TOTAL] is None
    shown = [cells[kind.label, TOTAL] for kind in (CaseKind.COMPLAINT, CaseKind.SOCIAL_MEDIA)]
    assert shown.count(None) == 1


def test_a_complaint_about_the_head_changes_none_of_the_heads_figures(desk: Desk) -> None:
    fill(desk)
    pass_time(desk, days=56)
    before = case_figures(desk, HEAD)
    pass_time(desk, days=-56)
    for number in range(9):
        send(desk, f"about {number}", CaseKind.COMPLAINT, frozenset({HEAD}))
    pass_time(desk, days=56)
    assert case_figures(desk, HEAD) == before
    assert case_figures(desk, CLERK) != before
