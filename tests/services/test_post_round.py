"""A round of the postman repeats alerts and delivers, and survives a database that is down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.app import build_desk
from assistant.services.deliver_outbox import Delivery
from assistant.services.desk import Desk
from assistant.services.mailers import ConsoleMailer
from assistant.services.post_round import post_round
from tests.desks import close_databases, pass_time
from tests.services.filings import file_case
from tests.services.test_raise_alert import raise_one


def test_an_alert_that_nobody_acknowledged_is_sent_on_every_due_round(
    desk: Desk, tmp_path: Path
) -> None:
    mailer = ConsoleMailer(tmp_path / "outbox.log")
    raise_one(desk)
    assert post_round(desk, mailer) == Delivery(sent=3)
    assert post_round(desk, mailer) == Delivery()
    pass_time(desk, minutes=15)
    assert post_round(desk, mailer) == Delivery(sent=3)


def test_mail_of_cases_goes_out_while_the_alerts_database_is_missing(
    desk: Desk, tmp_path: Path
) -> None:
    file_case(desk)
    nowhere = f"sqlite:///{tmp_path / 'no folder' / 'gone.db'}"
    without_alerts = build_desk(replace(desk.settings, alerts_database_url=nowhere))
    assert post_round(without_alerts, ConsoleMailer(tmp_path / "outbox.log")) == Delivery(sent=2)
    close_databases(without_alerts)
