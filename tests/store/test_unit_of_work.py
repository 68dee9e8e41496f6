"""A transaction is all or nothing, and never without history."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from assistant.security.sealing import SealBrokenError
from assistant.services.desk import Desk
from assistant.settings import ROOT
from assistant.store.columns import new_id
from assistant.store.ledger import HistoryEvent
from assistant.store.tables import Conversation, Staff, Turn
from assistant.store.unit_of_work import UnitOfWork, UnrecordedWriteError, settled
from tests.desks import engine_of

NEW = "new-person"


def person() -> Staff:
    return Staff(id=NEW, name="Somebody New", roles=["office"], email="new@school.example")


def is_there(desk: Desk) -> bool:
    with desk.unit_of_work(read_only=True) as work:
        return work.session.get(Staff, NEW) is not None


def event_count(desk: Desk) -> int:
    with desk.unit_of_work(read_only=True) as work:
        return len(work.session.scalars(select(HistoryEvent)).all())


def test_nothing_is_saved_without_commit(desk: Desk) -> None:
    with desk.unit_of_work() as work:
        work.session.add(person())
        work.history.append("person.added", "test", "staff", NEW)
        work.session.flush()
    assert not is_there(desk)


def test_an_error_undoes_everything(desk: Desk) -> None:
    before = event_count(desk)

    def fail() -> None:
        with desk.unit_of_work() as work:
            work.session.add(person())
            work.history.append("person.added", "test", "staff", NEW)
            work.session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not is_there(desk)
    assert event_count(desk) == before


def add_row(work: UnitOfWork) -> None:
    work.session.add(person())


def change_row(work: UnitOfWork) -> None:
    work.session.get_one(Staff, "mrs-okafor").name = "Another Name"


def delete_row(work: UnitOfWork) -> None:
    work.session.delete(work.session.get_one(Staff, "mr-croft"))


def update_by_statement(work: UnitOfWork) -> None:
    work.session.execute(update(Staff).values(name="Everybody"))


def delete_by_statement(work: UnitOfWork) -> None:
    work.session.execute(delete(Turn))


@pytest.mark.parametrize(
    "write", [add_row, change_row, delete_row, update_by_statement, delete_by_statement]
)
def test_a_write_without_history_cannot_be_committed(
    desk: Desk, write: Callable[[UnitOfWork], None]
) -> None:
    with desk.unit_of_work() as work:
        work.session.query(Staff).count()
        write(work)
        with pytest.raises(UnrecordedWriteError):
            work.commit()


def test_a_write_with_history_is_saved_together_with_it(desk: Desk) -> None:
    before = event_count(desk)
    with desk.unit_of_work() as work:
        work.session.add(person())
        work.history.append("person.added", "test", "staff", NEW, why="a reason")
        work.commit()
    assert is_there(desk)
    assert event_count(desk) == before + 1
    with desk.unit_of_work(read_only=True) as work:
        (event,) = work.events_of("staff", NEW)
    assert (event.kind, event.actor, event.details) == ("person.added", "test", {"why": "a reason"})


def test_writers_wait_for_each_other_and_lose_nothing(desk: Desk) -> None:
    before = event_count(desk)

    def write(number: int) -> None:
        with desk.unit_of_work() as work:
            row = work.session.scalars(
                select(Staff).where(Staff.id == "mr-croft").with_for_update()
            ).one()
            row.name = f"{row.name}+{number}"
            work.history.append("person.renamed", "test", "staff", row.id)
            work.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))
    with desk.unit_of_work(read_only=True) as work:
        name = work.session.get_one(Staff, "mr-croft").name
        assert len(name.split("+")) == 41
        assert work.first_wrong_event() is None
    assert event_count(desk) == before + 40


def test_a_reader_is_not_held_up_by_a_writer(desk: Desk) -> None:
    with desk.unit_of_work() as writing:
        writing.session.add(person())
        writing.session.flush()
        assert not is_there(desk)


def test_a_read_only_unit_cannot_write(desk: Desk) -> None:
    with desk.unit_of_work(read_only=True) as work, pytest.raises(DBAPIError):
        work.session.execute(text("DELETE FROM turn"))
    with desk.unit_of_work() as work:
        work.session.execute(text("DELETE FROM turn"))


KILLED = """
import os, signal
from assistant.app import build_desk
from assistant.settings import Settings
from assistant.store.tables import Staff
with build_desk(Settings.load()).unit_of_work() as work:
    work.session.add(Staff(id="new-person", name="Half Done", roles=[], email="half@done.example"))
    work.history.append("person.added", "test", "staff", "new-person")
    work.session.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_in_the_middle_leaves_nothing(desk: Desk) -> None:
    environment = desk.settings.as_environment()
    died = subprocess.run(
        [sys.executable, "-c", KILLED], env=environment, cwd=ROOT, timeout=60, check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert not is_there(desk)
    with desk.unit_of_work() as work:
        work.session.add(person())
        work.history.append("person.added", "test", "staff", NEW)
        work.commit()
    assert is_there(desk)


def test_a_sealed_value_copied_to_another_row_does_not_open(desk: Desk) -> None:
    now = desk.clock.now()
    with desk.unit_of_work() as work:
        conversation = Conversation(id=new_id(), token_digest="d", started_at=now, last_turn_at=now)
        one, other = (
            Turn(
                id=new_id(),
                conversation_id=conversation.id,
                number=number,
                idempotency_key=str(number),
                state="pending",
                alternatives=[],
                taken_at=now,
                leased_until=now,
            )
            for number in (1, 2)
        )
        work.seal(one, "words", "mine")
        other.words = one.words
        assert work.unseal(one, "words") == "mine"
        with pytest.raises(SealBrokenError):
            work.unseal(other, "words")


def test_whoever_waited_in_vain_for_a_row_waits_again(desk: Desk) -> None:
    """Sixty who want one host wait longer together than one statement may."""
    if engine_of(desk.unit_of_work).dialect.name == "sqlite":
        pytest.skip("SQLite has no locks on rows; its writers take turns")
    host = select(Staff).where(Staff.id == "mr-bennett").with_for_update()

    def take() -> str:
        with desk.unit_of_work() as work:
            work.session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            return work.session.scalars(host).one().id

    with desk.unit_of_work() as other:
        other.session.scalars(host).one()
        done = threading.Timer(0.3, other.session.rollback)
        done.start()
        assert settled(take) == "mr-bennett"
        done.join()
