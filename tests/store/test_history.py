"""Nobody without the key changes history unseen."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assistant.services.desk import Desk
from assistant.services.verify_history import WrongEvent, verify_history
from assistant.store.unit_of_work import OpenWork
from tests.desks import engine_of

EVENTS = 6
CUT = "DELETE FROM history_event WHERE sequence = 6"
MOVE_HEAD_BACK = (
    "UPDATE history_head SET sequence = 5,"
    " last_digest = (SELECT digest FROM history_event WHERE sequence = 5)"
)
COPY_DETAILS = (
    "UPDATE history_detail SET details ="
    " (SELECT details FROM history_detail WHERE sequence = 4) WHERE sequence = 5"
)


@pytest.fixture
def eventful(desk: Desk) -> Desk:
    for open_work in (desk.unit_of_work, desk.alerts_unit_of_work):
        with open_work() as work:
            for number in range(EVENTS):
                work.history.append("test.happened", "tester", "test", str(number), number=number)
            work.commit()
    return desk


def run(open_work: OpenWork, *statements: str) -> None:
    """Run SQL as somebody who can write to the database but has no key."""
    with engine_of(open_work).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def unprotect(open_work: OpenWork) -> None:
    if engine_of(open_work).dialect.name == "sqlite":
        run(
            open_work,
            "DROP TRIGGER history_event_no_update",
            "DROP TRIGGER history_event_no_delete",
        )
    else:
        run(open_work, "DROP TRIGGER history_event_append_only ON history_event")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE history_event SET actor = 'nobody'", "DELETE FROM history_event WHERE sequence = 2"],
)
def test_the_database_itself_refuses_to_change_history(eventful: Desk, statement: str) -> None:
    for open_work in (eventful.unit_of_work, eventful.alerts_unit_of_work):
        with pytest.raises(DBAPIError, match="append-only"):
            run(open_work, statement)
    assert verify_history(eventful) == ()


@pytest.mark.parametrize(
    ("forgery", "first_wrong"),
    [
        ("UPDATE history_event SET actor = 'nobody' WHERE sequence = 3", 3),
        ("UPDATE history_event SET kind = 'case.closed' WHERE sequence = 4", 4),
        ("UPDATE history_event SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 2", 2),
        ("UPDATE history_event SET details_digest = NULL WHERE sequence = 5", 5),
        ("DELETE FROM history_event WHERE sequence = 3", 3),
        ("DELETE FROM history_event WHERE sequence = 1", 1),
        ("UPDATE history_event SET sequence = 99 WHERE sequence = 2", 2),
        (COPY_DETAILS, 5),
    ],
)
def test_verify_names_the_first_wrong_event(eventful: Desk, forgery: str, first_wrong: int) -> None:
    unprotect(eventful.alerts_unit_of_work)
    run(eventful.alerts_unit_of_work, forgery)
    assert verify_history(eventful) == (WrongEvent("alerts", first_wrong),)


def test_a_cut_off_end_is_noticed(eventful: Desk) -> None:
    unprotect(eventful.alerts_unit_of_work)
    run(eventful.alerts_unit_of_work, CUT)
    assert verify_history(eventful) == (WrongEvent("alerts", EVENTS),)


def test_a_head_that_was_moved_back_without_the_key_is_noticed(eventful: Desk) -> None:
    unprotect(eventful.alerts_unit_of_work)
    run(eventful.alerts_unit_of_work, CUT, MOVE_HEAD_BACK)
    assert verify_history(eventful) == (WrongEvent("alerts", EVENTS),)


def test_erased_details_leave_the_chain_whole(eventful: Desk) -> None:
    run(eventful.alerts_unit_of_work, "DELETE FROM history_detail")
    assert verify_history(eventful) == ()
    with eventful.alerts_unit_of_work(read_only=True) as work:
        assert [event.details for event in work.events_of("test", "3")] == [{}]


def test_details_are_sealed(eventful: Desk) -> None:
    with engine_of(eventful.unit_of_work).connect() as connection:
        stored = connection.execute(text("SELECT details FROM history_detail")).scalars().all()
    assert len(stored) == EVENTS
    assert not any(b"number" in bytes(details) for details in stored)
