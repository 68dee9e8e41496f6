"""The outbox against a real mail server at its worst, and a sender that is killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.services.deliver_outbox import Delivery, deliver_outbox
from assistant.services.desk import Desk
from assistant.services.mailers import SmtpMailer
from assistant.store.ledger import Outbox
from tests.desks import pass_time
from tests.services.filings import file_case
from tests.services.mail_server import Postbox, mail_server
from tests.services.test_deliver_outbox import NOBODY

pytestmark = pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
"""It is the mail server that is tried here; leases are tried on both by ``test_deliver_outbox``."""

ROOT = Path(__file__).resolve().parents[2]
SEND = """
import sys
from assistant.app import build_desk
from assistant.services.deliver_outbox import deliver_outbox
from assistant.services.mailers import SmtpMailer
from assistant.settings import Settings

deliver_outbox(build_desk(Settings.load()), SmtpMailer(sys.argv[1]))
"""
MOODS = (
    "take", "later", "later_greeting", "refuse_greeting", "later_sender", "later_address",
    "drop_at_data", "drop",
)  # fmt: skip
"""All that a message can outlive; what hangs takes as long as the timeout, and is tried below."""


def test_a_server_at_its_worst_gets_each_message_and_no_more_than_twice(desk: Desk) -> None:
    chosen = random.Random(7).choices(MOODS, k=36)  # noqa: S311 - the same server each time
    for number in range(6):
        file_case(desk, str(number))
    with mail_server(*chosen) as postbox:
        mailer = SmtpMailer(postbox.url, timeout_seconds=2)
        for _round in range(12):
            deliver_outbox(desk, mailer)
            pass_time(desk, days=1)
    assert chosen != postbox.moods
    arrived = Counter(str(taken["Message-ID"]) for taken in postbox.taken)
    assert max(arrived.values()) <= 2
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.scalars(select(Outbox)).all()
    assert len(rows) == 12
    for row in rows:
        assert row.delivered_at is not None or row.given_up_at is not None, row.problem
        assert row.message_id in arrived or row.problem == "later"
    assert len([row for row in rows if row.delivered_at]) >= 9


def test_a_busy_server_in_between_does_not_make_it_forget_that_it_may_have_arrived(
    desk: Desk,
) -> None:
    file_case(desk, contact=NOBODY)
    with mail_server("drop", "later", "drop", "take") as postbox:
        mailer = SmtpMailer(postbox.url)
        outcomes = []
        for _try in range(4):
            outcomes.append(deliver_outbox(desk, mailer))
            pass_time(desk, days=1)
    assert outcomes == [Delivery(put_off=1)] * 2 + [Delivery(given_up=1), Delivery()]
    assert len(postbox.taken) == 2


@pytest.mark.parametrize(("mood", "times"), [("hang_greeting", 1), ("hang", 2)])
def test_a_server_that_hangs_is_left_and_tried_again_under_the_same_id(
    desk: Desk, mood: str, times: int
) -> None:
    file_case(desk, contact=NOBODY)
    with mail_server(mood) as postbox:
        mailer = SmtpMailer(postbox.url, timeout_seconds=0.3)
        assert deliver_outbox(desk, mailer) == Delivery(put_off=1)
        pass_time(desk, minutes=1)
        assert deliver_outbox(desk, mailer) == Delivery(sent=1)
    assert len(postbox.taken) == times
    assert len({taken["Message-ID"] for taken in postbox.taken}) == 1


def test_a_sender_that_is_killed_while_the_server_thinks_leaves_it_to_the_next(
    desk: Desk,
) -> None:
    file_case(desk, contact=NOBODY)
    desk.machine_clock.instant = datetime.now(UTC)  # type: ignore[misc] # as the other process
    with mail_server("hang") as postbox:
        sender = subprocess.Popen(
            [sys.executable, "-c", SEND, postbox.url],
            cwd=ROOT,
            env=os.environ | desk.settings.as_environment(),
        )
        wait_for_text(postbox)
        os.kill(sender.pid, signal.SIGKILL)
        assert sender.wait() == -signal.SIGKILL
        mailer = SmtpMailer(postbox.url)
        assert deliver_outbox(desk, mailer) == Delivery()  # its lease has not ended
        pass_time(desk, minutes=6)
        assert deliver_outbox(desk, mailer) == Delivery(sent=1)
        pass_time(desk, minutes=6)
        assert deliver_outbox(desk, mailer) == Delivery()
    first, second = postbox.taken
    assert first["Message-ID"] == second["Message-ID"]


def wait_for_text(postbox: Postbox) -> None:
    give_up_at = time.monotonic() + 30
    while not postbox.taken and time.monotonic() < give_up_at:
        time.sleep(0.02)
