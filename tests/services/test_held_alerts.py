"""No alert is lost: not with the alerts database away, and not in a crash at any moment."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.app import build_desk
from assistant.casework.kinds import CaseStatus, Channel
from assistant.casework.lexicon import Lexicon
from assistant.chat.brain_client import BrainUnavailable
from assistant.chat.gateway import Gateway
from assistant.services.alert_spool import folder_of
from assistant.services.change_status import change_status
from assistant.services.desk import Desk
from assistant.services.errors import AlertHeldUp
from assistant.services.list_alerts import list_alerts
from assistant.services.list_due import list_due
from assistant.services.mailers import SmtpMailer
from assistant.services.post_round import post_round
from assistant.services.shapes import PendingTurn
from assistant.services.start_conversation import start_conversation
from assistant.services.store_held_alerts import store_held_alerts
from assistant.services.take_turn import take_turn
from assistant.services.tell_of_held_alerts import tell_of_held_alerts
from assistant.services.view_alert import view_alert
from assistant.services.view_case import view_case
from assistant.store.alert_tables import Alert
from tests.desks import close_databases, pass_time
from tests.services.filings import HEAD, address_of, file_case, mail, rows_of
from tests.services.mail_server import mail_server
from tests.services.test_raise_alert import LEAD, LEADS, WORDS, raise_one

ROOT = Path(__file__).resolve().parents[2]
RAISE = """
import os, signal
from assistant.app import build_desk
from assistant.casework.kinds import AlertKind
from assistant.services import raise_alert
from assistant.settings import Settings

def die(*_args):
    os.kill(os.getpid(), signal.SIGKILL)

raise_alert.{point} = die
raise_alert.raise_alert(
    build_desk(Settings.load()), idempotency_key="killed", conversation_id=None,
    kind=AlertKind.SAFEGUARDING, words="She is afraid.",
)
"""


def without_alerts(desk: Desk) -> Desk:
    """Return the same desk with a real engine whose alerts database cannot be reached."""
    away = {
        "sqlite": f"sqlite:///{desk.settings.data / 'no folder' / 'gone.db'}",
        "postgresql": "postgresql://nobody@127.0.0.1:1/gone",
    }
    kind = desk.settings.alerts_database_url.partition(":")[0]
    broken = build_desk(replace(desk.settings, alerts_database_url=away[kind]))
    return replace(broken, clock=desk.clock, machine_clock=desk.machine_clock)


def held(desk: Desk) -> list[Path]:
    return sorted(folder_of(desk).glob("*.sealed"))


def test_with_the_database_away_an_alert_is_kept_and_comes_to_the_desk_once(desk: Desk) -> None:
    broken = without_alerts(desk)
    with pytest.raises(AlertHeldUp) as problem:
        raise_one(broken)
    assert problem.value.kept
    assert [lead.name for lead in problem.value.leads] == ["Mr Mensah", "Mrs Doyle", "Mrs Ashworth"]
    assert store_held_alerts(broken) == 0
    pass_time(desk, minutes=90)
    assert store_held_alerts(desk) == 1
    assert store_held_alerts(desk) == 0
    (row,) = list_alerts(desk, LEAD)
    assert view_alert(desk, LEAD, row.id).words == WORDS
    assert "after a fault" in view_alert(desk, LEAD, row.id).timeline[0].title
    assert len(mail(desk, alerts=True)) == 3
    assert held(desk) == []
    close_databases(broken)


def test_the_file_is_for_its_owner_alone_and_has_no_word_in_clear(desk: Desk) -> None:
    broken = without_alerts(desk)
    with pytest.raises(AlertHeldUp):
        raise_one(broken)
    (path,) = held(desk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"bruises" not in path.read_bytes()
    close_databases(broken)


def test_who_is_named_is_still_behind_the_wall_afterwards(desk: Desk) -> None:
    broken = without_alerts(desk)
    with pytest.raises(AlertHeldUp) as problem:
        raise_one(broken, words="Mr Mensah grabbed her")
    assert "Mr Mensah" not in [lead.name for lead in problem.value.leads]
    store_held_alerts(desk)
    assert list_alerts(desk, LEAD) == ()
    close_databases(broken)


@pytest.mark.parametrize("point", ["store_alert", "unspool"])
def test_a_process_that_is_killed_on_either_side_of_the_database_leaves_exactly_one(
    desk: Desk, point: str
) -> None:
    settings = os.environ | desk.settings.as_environment()
    died = subprocess.run(
        [sys.executable, "-c", RAISE.format(point=point)], cwd=ROOT, env=settings, check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert rows_of(desk.alerts_unit_of_work, Alert) == (point == "unspool")
    assert len(held(desk)) == 1
    for _round in range(2):
        store_held_alerts(desk)
    assert rows_of(desk.alerts_unit_of_work, Alert) == 1
    assert len(mail(desk, alerts=True)) == 3
    assert held(desk) == []


def test_the_leads_are_written_to_while_it_waits_under_one_id_and_without_a_word(
    desk: Desk,
) -> None:
    broken = without_alerts(desk)
    with pytest.raises(AlertHeldUp):
        raise_one(broken)
    with mail_server() as postbox:
        mailer = SmtpMailer(postbox.url)
        assert tell_of_held_alerts(broken, mailer) == 3
        assert tell_of_held_alerts(broken, mailer) == 0
        pass_time(desk, minutes=15)
        assert tell_of_held_alerts(broken, mailer) == 3
    assert {each["To"] for each in postbox.taken} == {address_of(desk, each) for each in LEADS}
    assert len({each["Message-ID"] for each in postbox.taken}) == 3
    for each in postbox.taken:
        assert not {"bruises", "Zephyrine", "child", "safeguarding"} & set(str(each).split())
    store_held_alerts(desk)
    with mail_server() as postbox:
        assert tell_of_held_alerts(desk, SmtpMailer(postbox.url)) == 0
    assert list(folder_of(desk).iterdir()) == []
    close_databases(broken)


def test_the_round_of_the_postman_does_all_of_it(desk: Desk) -> None:
    broken = without_alerts(desk)
    with pytest.raises(AlertHeldUp):
        raise_one(broken)
    with mail_server() as postbox:
        post_round(broken, SmtpMailer(postbox.url))
        assert "kept safe" in "".join(each.get_content() for each in postbox.taken)
        post_round(desk, SmtpMailer(postbox.url))
    assert rows_of(desk.alerts_unit_of_work, Alert) == 1
    close_databases(broken)


def test_with_the_alerts_away_the_desk_still_lists_cases_and_says_so(desk: Desk) -> None:
    case = file_case(desk)
    broken = without_alerts(desk)
    due = list_due(broken, HEAD)
    assert [row.reference for row in due.cases.rows] == [case.reference]
    assert due.alerts is None
    close_databases(broken)


def test_a_case_is_diverted_only_once_the_leads_were_told(desk: Desk) -> None:
    case, broken = file_case(desk), without_alerts(desk)
    wish = {"staff_id": HEAD, "reference": case.reference, "status": CaseStatus.DIVERTED}
    with pytest.raises(AlertHeldUp):
        change_status(broken, **wish, idempotency_key="d", why="A child is hit.")  # type: ignore[arg-type]
    assert view_case(desk, HEAD, case.reference).row.status == "received"
    change_status(desk, **wish, idempotency_key="d", why="A child is hit.")  # type: ignore[arg-type]
    store_held_alerts(desk)
    assert view_case(desk, HEAD, case.reference).row.status == "diverted"
    assert rows_of(desk.alerts_unit_of_work, Alert) == 1
    close_databases(broken)


def test_what_only_the_brain_heard_as_danger_is_answered_as_danger_while_it_is_held(
    desk: Desk,
) -> None:
    broken = without_alerts(desk)
    conversation, _token = start_conversation(desk)
    turn = take_turn(desk, conversation_id=conversation, idempotency_key="1", text="It is odd.")
    assert isinstance(turn, PendingTurn)
    lexicon = Lexicon.load(ROOT / "data" / "lexicon" / "risk.toml")
    gateway = Gateway(broken, SilentBrain(), lexicon)  # type: ignore[arg-type]
    said = asyncio.run(gateway._answer(turn, busy=False, may_file=True))
    assert said.channel is Channel.SERVICE
    with pytest.raises(AlertHeldUp):
        raise_one(broken, turn.turn_id)  # as the action server, before its turn failed
    said = asyncio.run(gateway._answer(turn, busy=False, may_file=True))
    assert said.channel is Channel.SAFEGUARDING
    assert "kept safe" in said.replies[-1].text
    assert len(held(desk)) == 1
    close_databases(broken)


class SilentBrain:
    """A brain that answers nobody."""

    async def hear(self, _texts: list[str]) -> None:
        raise BrainUnavailable("silent")

    async def turn(self, _turn: object) -> None:
        raise BrainUnavailable("silent")


def test_a_damaged_file_stays_and_holds_up_no_other(desk: Desk) -> None:
    broken = without_alerts(desk)
    with pytest.raises(AlertHeldUp):
        raise_one(broken)
    damaged = folder_of(desk) / f"{'0' * 64}.sealed"
    damaged.write_bytes(b"\x01not an envelope of ours at all, and long enough")
    assert store_held_alerts(desk) == 1
    assert held(desk) == [damaged]
    close_databases(broken)


def test_a_full_disk_stops_no_alert_that_the_database_takes(desk: Desk) -> None:
    folder_of(desk).write_text("a file where the folder should be")
    assert raise_one(desk).leads
    broken = without_alerts(desk)
    with pytest.raises(AlertHeldUp) as problem:
        raise_one(broken, "another")
    assert not problem.value.kept
    close_databases(broken)
