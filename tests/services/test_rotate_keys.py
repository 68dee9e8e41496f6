"""A new master key: nothing is lost, nobody waits, and a rotation that dies is finished."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from assistant.app import build_desk
from assistant.casework.kinds import AlertKind
from assistant.security.keys import Keys, master_id, one_rotation_at_a_time
from assistant.security.sealing import KeyGoneError, key_of
from assistant.services.desk import Desk
from assistant.services.raise_alert import raise_alert
from assistant.services.rotate_keys import rotate_keys
from assistant.services.verify_history import verify_history
from assistant.settings import ROOT
from assistant.store.alert_tables import Alert
from assistant.store.key_tables import AlertDataKey, DataKey
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import OpenWork
from tests.databases import ON_SQLITE
from tests.desks import close_databases
from tests.first_envelopes import first_envelope
from tests.services.filings import STATEMENT, file_case


def quiet(_what: str, _much: int) -> None:
    """Hear how far it is and say nothing."""


def fill(desk: Desk) -> None:
    for number in range(3):
        file_case(desk, f"before {number}")
    raise_alert(desk, idempotency_key="a", conversation_id=None, kind=AlertKind.SAFEGUARDING,
                words="She is afraid to go home.")  # fmt: skip


def statements(desk: Desk) -> list[str]:
    with desk.unit_of_work(read_only=True) as work:
        return [work.unseal(row, "statement") for row in work.session.scalars(select(CaseFile))]


def alerts(desk: Desk) -> list[str]:
    with desk.alerts_unit_of_work(read_only=True) as work:
        return [work.unseal(row, "words") for row in work.session.scalars(select(Alert))]


def masters(open_work: OpenWork, table: type[DataKey | AlertDataKey]) -> set[str]:
    with open_work(read_only=True) as work:
        return set(work.session.scalars(select(table.wrapped_under)))


def stands_as_one(desk: Desk, cases: int) -> None:
    """Everything opens for a process that starts now, under one master key, and nothing is old."""
    keys = Keys.load(desk.settings.data)
    assert keys.older == ()
    assert masters(desk.unit_of_work, DataKey) == {master_id(keys.master)}
    assert masters(desk.alerts_unit_of_work, AlertDataKey) == {master_id(keys.master)}
    fresh = build_desk(desk.settings)
    assert statements(fresh) == [STATEMENT] * cases
    assert alerts(fresh) == ["She is afraid to go home."]
    assert verify_history(fresh) == ()
    close_databases(fresh)


def test_every_key_is_under_the_new_master_and_the_other_keys_stay(desk: Desk) -> None:
    fill(desk)
    before = Keys.load(desk.settings.data)
    done = rotate_keys(desk, quiet)
    after = Keys.load(desk.settings.data)
    assert done.keys == 4
    assert (done.rows, done.broken) == (0, 0)
    assert after.master != before.master
    assert replace(after, master=before.master) == before
    stands_as_one(desk, 3)


@ON_SQLITE
def test_the_old_master_key_opens_nothing_any_more(desk: Desk) -> None:
    fill(desk)
    old = Keys.load(desk.settings.data)
    rotate_keys(desk, quiet)
    old.save(desk.settings.data)
    thief = build_desk(desk.settings)
    with pytest.raises(KeyGoneError):
        statements(thief)
    close_databases(thief)


def test_a_process_that_runs_meanwhile_reads_and_writes_on(desk: Desk) -> None:
    """Its keys are from before; it looks into the file again when the database names another."""
    running = build_desk(desk.settings)
    fill(desk)
    assert statements(running) == [STATEMENT] * 3
    rotate_keys(desk, quiet)
    file_case(running, "after")
    assert statements(running) == [STATEMENT] * 4
    close_databases(running)
    stands_as_one(desk, 4)


def test_writers_and_two_rotations_get_along(desk: Desk) -> None:
    running = build_desk(desk.settings)
    fill(desk)
    with ThreadPoolExecutor(4) as pool:
        filed = pool.map(lambda number: file_case(running, f"during {number}"), range(12))
        for _ in range(2):
            rotate_keys(desk, quiet)
        assert len({receipt.reference for receipt in filed}) == 12
    close_databases(running)
    stands_as_one(desk, 15)


@ON_SQLITE
def test_only_one_rotation_at_a_time(desk: Desk) -> None:
    before = Keys.load(desk.settings.data)
    with one_rotation_at_a_time(desk.settings.data), pytest.raises(BlockingIOError):
        rotate_keys(desk, quiet)
    assert Keys.load(desk.settings.data) == before


KILLED = """
import os, signal, sys
from assistant.app import build_desk
from assistant.security.keys import Keys
from assistant.services import rotate_keys as rotation
from assistant.settings import Settings
from assistant.store.data_keys import DataKeys

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

left = int(sys.argv[2])
def later(*given, whole=getattr(DataKeys, "rewrap")):
    global left
    left -= 1
    return die() if left < 0 else whole(*given, limit=2)

where = {
    "before the first key": lambda: setattr(rotation, "_lead", die),
    "between the keys": lambda: setattr(DataKeys, "rewrap", later),
    "before the end": lambda: setattr(Keys, "without_older", die),
}
where[sys.argv[1]]()
rotation.rotate_keys(build_desk(Settings.load()), lambda *_: None)
"""


def test_a_rotation_that_is_killed_between_the_keys_is_finished(desk: Desk) -> None:
    kill_and_finish(desk, "between the keys", keys=3)


@ON_SQLITE
@pytest.mark.parametrize("where", ["before the first key", "before the end"])
def test_a_rotation_that_is_killed_at_its_ends_is_finished(desk: Desk, where: str) -> None:
    kill_and_finish(desk, where)


def kill_and_finish(desk: Desk, where: str, keys: int = 0) -> None:
    """Kill a rotation there; work on; finish it: the same new master key, and nothing is lost."""
    running = build_desk(desk.settings)
    fill(desk)
    before = Keys.load(desk.settings.data)
    died = subprocess.run(
        [sys.executable, "-c", KILLED, where, str(keys)],
        env=desk.settings.as_environment(),
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    begun = Keys.load(desk.settings.data)
    assert begun.older == (before.master,)
    file_case(running, "while it lies broken off")
    assert statements(running) == [STATEMENT] * 4
    rotate_keys(desk, quiet)
    assert Keys.load(desk.settings.data).master == begun.master
    close_databases(running)
    stands_as_one(desk, 4)


def as_it_was_before_data_keys(desk: Desk) -> str:
    """Seal one case and the history that follows as an older Schoolgate did; return its id."""
    case_id = file_case(desk, "old").id
    with desk.unit_of_work() as work:
        row = work.session.get_one(CaseFile, case_id)
        for column in ("statement", "outcome_wanted", "contact", "child", "needs"):
            place = f"case_file|{column}|{case_id}"
            setattr(row, column, first_envelope(desk, work.unseal(row, column), place))
        work.session.execute(delete(DataKey))
        work.commit(unrecorded="a test")
    with desk.unit_of_work() as work:
        work.history._now = desk.clock.now
        work.history.append("case.read", "test", "case", case_id, why="long ago")
        work._chain._seal = lambda _key, sequence, _details: first_envelope(  # type: ignore[method-assign]
            desk, '{"why": "long ago"}', f"history_detail|details|{sequence}"
        )
        work.commit()
        del work._chain._seal
    return case_id


def test_what_was_sealed_before_there_were_data_keys_gets_one(desk: Desk) -> None:
    case_id = as_it_was_before_data_keys(desk)
    done = rotate_keys(desk, quiet)
    assert (done.rows, done.broken) == (1, 0)
    rotate_keys(desk, quiet)
    fresh = build_desk(desk.settings)
    with fresh.unit_of_work(read_only=True) as work:
        row = work.session.get_one(CaseFile, case_id)
        assert key_of(row.statement) is not None
        assert work.unseal(row, "statement") == STATEMENT
        assert work.events_of("case", case_id)[-1].details == {"why": "long ago"}
        assert work.first_wrong_event() is None
    close_databases(fresh)


@ON_SQLITE
def test_what_does_not_open_keeps_the_old_master_key(desk: Desk) -> None:
    fill(desk)
    with desk.unit_of_work() as work:
        row = work.session.scalars(select(DataKey).where(DataKey.owner_kind == "case")).first()
        assert row
        row.wrapped = row.wrapped[:-1] + bytes([row.wrapped[-1] ^ 1])
        work.commit(unrecorded="a test")
    assert rotate_keys(desk, quiet).broken == 1
    assert len(Keys.load(desk.settings.data).older) == 1
