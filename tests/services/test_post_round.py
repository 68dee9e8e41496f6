"""A round of the postman repeats alerts and delivers, and survives a database that is down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.app import build_desk
from assistant.services import post_round
from assistant.services.deliver_outbox import Delivery
from assistant.services.desk import Desk
from assistant.services.mailers import ConsoleMailer
from assistant.services.repeat_alerts import repeat_alerts
from tests.desks import close_databases, pass_time
from tests.instants import london
from tests.services.filings import file_case
from tests.services.offers import free, one_gap, states, wait
from tests.services.test_raise_alert import raise_one

LETTERS_OF_THE_DAY = 2
"""To the chair and to the clerk: how the histories end."""


def test_an_alert_that_nobody_acknowledged_is_sent_on_every_due_round(
    desk: Desk, tmp_path: Path
) -> None:
    mailer = ConsoleMailer(tmp_path / "outbox.log")
    assert post_round.post_round(desk, mailer) == Delivery(sent=LETTERS_OF_THE_DAY)
    raise_one(desk)
    assert post_round.post_round(desk, mailer) == Delivery(sent=3)
    assert post_round.post_round(desk, mailer) == Delivery()
    pass_time(desk, minutes=15)
    assert post_round.post_round(desk, mailer) == Delivery(sent=3)


def test_a_fault_in_one_errand_holds_up_neither_the_others_nor_the_mail(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raise_one(desk)

    def stumble(_desk: Desk) -> int:
        raise KeyError

    monkeypatch.setattr(post_round, "ERRANDS", (stumble, repeat_alerts))
    mailer = ConsoleMailer(tmp_path / "outbox.log")
    pass_time(desk, minutes=15)
    assert post_round.post_round(desk, mailer) == Delivery(sent=6)


def test_a_round_offers_what_came_free_and_ends_what_nobody_answered(
    desk: Desk, tmp_path: Path
) -> None:
    gap = one_gap(desk, "2026-12-02")
    wait(desk, "mine", london("2026-12-03T12:00"))
    free(desk, gap)
    mailer = ConsoleMailer(tmp_path / "outbox.log")
    post_round.post_round(desk, mailer)
    assert states(desk) == ["open"]
    assert "An earlier time has come free" in (tmp_path / "outbox.log").read_text()
    pass_time(desk, hours=24)
    post_round.post_round(desk, mailer)
    assert states(desk) == ["expired"]


def test_mail_of_cases_goes_out_while_the_alerts_database_is_missing(
    desk: Desk, tmp_path: Path
) -> None:
    file_case(desk)
    nowhere = f"sqlite:///{tmp_path / 'no folder' / 'gone.db'}"
    without_alerts = build_desk(replace(desk.settings, alerts_database_url=nowhere))
    assert post_round.post_round(
        without_alerts, ConsoleMailer(tmp_path / "outbox.log")
    ) == Delivery(sent=2)
    close_databases(without_alerts)
