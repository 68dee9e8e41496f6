"""A naming reaches every older alert of its chat, whatever is away when it is made."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.services.add_to_case import add_to_case
from assistant.services.desk import Desk
from assistant.services.errors import AlertHeldUp
from assistant.services.naming_wishes import grant_naming_wishes
from assistant.services.start_conversation import start_conversation
from assistant.services.store_held_alerts import store_held_alerts
from assistant.store.retention_tables import NamingWish
from assistant.web import caretaker
from tests.databases import ON_SQLITE
from tests.desks import close_databases
from tests.services.filings import file_case, rows_of
from tests.services.test_alert_wall import AFRAID, readers
from tests.services.test_held_alerts import without_alerts
from tests.services.test_raise_alert import DEPUTY_LEAD, HEAD, LEAD, LEADS, raise_one

ROOT = Path(__file__).resolve().parents[2]
NAME_AND_DIE = """
import os, signal
from assistant.app import build_desk
from assistant.services import naming_wishes
from assistant.services.add_to_case import add_to_case
from assistant.settings import Settings

def die(*_args):
    os.kill(os.getpid(), signal.SIGKILL)

naming_wishes.{point} = die
add_to_case(build_desk(Settings.load()), case_id="{case_id}", words="Mr Mensah was there.",
            idempotency_key="killed")
"""


def test_a_naming_made_while_the_alerts_are_away_reaches_them_when_they_are_back(
    desk: Desk,
) -> None:
    conversation, _token = start_conversation(desk)
    alert = raise_one(desk, "1", AFRAID, conversation_id=conversation)
    broken = without_alerts(desk)
    file_case(broken, "named", conversation_id=conversation, subjects=frozenset({LEAD}))
    assert readers(desk, alert.id) == set(LEADS)
    assert grant_naming_wishes(broken) == 0
    assert rows_of(desk.unit_of_work, NamingWish) == 1
    assert grant_naming_wishes(desk) == 1
    assert readers(desk, alert.id) == {DEPUTY_LEAD, HEAD}
    assert grant_naming_wishes(desk) == rows_of(desk.unit_of_work, NamingWish) == 0
    close_databases(broken)


def test_nothing_is_left_to_do_when_the_alerts_answer_at_once(desk: Desk) -> None:
    conversation, _token = start_conversation(desk)
    alert = raise_one(desk, "1", AFRAID, conversation_id=conversation)
    file_case(desk, "named", conversation_id=conversation, subjects=frozenset({LEAD}))
    assert LEAD not in readers(desk, alert.id)
    assert rows_of(desk.unit_of_work, NamingWish) == 0


def test_a_naming_waits_for_an_alert_that_is_itself_on_its_way(desk: Desk) -> None:
    conversation, _token = start_conversation(desk)
    broken = without_alerts(desk)
    with pytest.raises(AlertHeldUp):
        raise_one(broken, "held", AFRAID, conversation_id=conversation)
    file_case(desk, "named", conversation_id=conversation, subjects=frozenset({LEAD}))
    assert grant_naming_wishes(desk) == 0
    assert store_held_alerts(desk) == 1
    assert grant_naming_wishes(desk) == 1
    with desk.alerts_unit_of_work(read_only=True) as work:
        (alert_id,) = work.session.connection().exec_driver_sql("SELECT id FROM alert").scalars()
    assert readers(desk, alert_id) == {DEPUTY_LEAD, HEAD}
    close_databases(broken)


@ON_SQLITE
@pytest.mark.parametrize("point", ["spooled", "delete"])
def test_a_process_killed_before_or_after_the_alerts_heard_of_it_loses_no_naming(
    desk: Desk, point: str
) -> None:
    conversation, _token = start_conversation(desk)
    alert = raise_one(desk, "1", AFRAID, conversation_id=conversation)
    case = file_case(desk, "case", conversation_id=conversation)
    program = NAME_AND_DIE.format(point=point, case_id=case.id)
    settings = os.environ | desk.settings.as_environment()
    died = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=settings, check=False)
    assert died.returncode == -signal.SIGKILL
    assert (LEAD in readers(desk, alert.id)) == (point == "spooled")
    assert grant_naming_wishes(desk) == 1
    assert readers(desk, alert.id) == {DEPUTY_LEAD, HEAD}


@ON_SQLITE
def test_the_caretaker_asks_again_although_the_brain_is_of_no_help(desk: Desk) -> None:
    conversation, _token = start_conversation(desk)
    alert = raise_one(desk, "1", AFRAID, conversation_id=conversation)
    broken = without_alerts(desk)
    case = file_case(broken, "case", conversation_id=conversation)
    add_to_case(broken, case_id=case.id, words="Mr Mensah was there.", idempotency_key="a")
    app = SimpleNamespace(ctx=SimpleNamespace(desk=desk))  # without a gateway, each asking fails

    async def one_round() -> None:
        rounds = asyncio.create_task(caretaker._go_round(app, 0.01))  # type: ignore[arg-type]
        for _ in range(1000):
            await asyncio.sleep(0.01)
            if LEAD not in readers(desk, alert.id):
                break
        rounds.cancel()

    asyncio.run(one_round())
    assert readers(desk, alert.id) == {DEPUTY_LEAD, HEAD}
    close_databases(broken)
