"""An alert stays until a lead decides; no purge ever takes one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from assistant.casework.alert_steps import AlertStep
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.alert_keeping import alerts_kept, view_alert_keeping
from assistant.services.alert_step import LeadStep
from assistant.services.case_step import StepUnclear
from assistant.services.desk import Desk
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.judge_alert import take_plain_step
from assistant.services.keep_alert import LeadDecision, hold_alert, lift_alert_hold, remove_alert
from assistant.services.list_alerts import list_alerts
from assistant.services.purge import preview_purge, purge
from assistant.services.share_alert import name_in_alert, share_alert
from assistant.services.verify_history import verify_history
from assistant.services.view_alert import view_alert
from assistant.store.alert_tables import Alert
from assistant.store.key_tables import AlertDataKey
from assistant.store.ledger import AlertHistoryDetail, AlertHistoryEvent
from tests.databases import ON_SQLITE
from tests.desks import close_databases, engine_of, pass_time, stored
from tests.services.filings import CHAIR, rows_of
from tests.services.test_forget_conversation import found_in
from tests.services.test_held_alerts import without_alerts
from tests.services.test_raise_alert import DEPUTY_LEAD, HEAD, LEAD, raise_one

YEARS = 365 * 3
WORDS = "She is afraid of the heron in the boiler room."


def step(desk: Desk, alert_id: str, what: AlertStep, staff_id: str = LEAD) -> None:
    take_plain_step(desk, LeadStep(staff_id, alert_id, what, "Done.", what.value))


def closed(desk: Desk, key: str = "one") -> str:
    """Return the id of an alert that a lead acted on and closed."""
    alert = raise_one(desk, key, WORDS)
    acknowledge_alert(desk, staff_id=LEAD, alert_id=alert.id)
    step(desk, alert.id, AlertStep.CLOSE)
    return alert.id


def decision(alert_id: str, staff_id: str = LEAD, why: str = "The file has it.") -> LeadDecision:
    return LeadDecision(staff_id, alert_id, why, why)


def asked(desk: Desk, staff_id: str = LEAD) -> list[str]:
    return [each.id for each in alerts_kept(desk, staff_id).due]


def test_the_leads_are_asked_a_year_after_it_was_closed_and_no_purge_ever_takes_it(
    desk: Desk,
) -> None:
    alert, still_open = closed(desk), raise_one(desk, "open", WORDS)
    assert asked(desk) == []
    assert view_alert_keeping(desk, LEAD, alert).ask_on == date(2027, 11, 24)
    pass_time(desk, days=365 * 60)
    assert asked(desk) == asked(desk, DEPUTY_LEAD) == [alert]
    assert preview_purge(desk).alerts == purge(desk).alerts == 1
    assert {row.id for row in list_alerts(desk, LEAD)} == {alert, still_open.id}
    assert view_alert(desk, LEAD, alert).words == WORDS


def test_a_purge_goes_on_while_nobody_can_say_how_many_wait(desk: Desk) -> None:
    broken = without_alerts(desk)
    assert purge(broken).alerts is None
    close_databases(broken)


def test_nothing_of_a_removed_alert_is_left_but_a_line_with_the_reason(
    desk: Desk, tmp_path: Path
) -> None:
    alert, other = closed(desk), closed(desk, "other")
    with desk.alerts_unit_of_work(read_only=True) as work:
        row = work.session.get_one(Alert, alert)
        key = select(AlertDataKey.wrapped).where(AlertDataKey.owner_id == alert)
        mine = select(AlertHistoryEvent.sequence).where(AlertHistoryEvent.target_id == alert)
        sealed = select(AlertHistoryDetail.details).where(AlertHistoryDetail.sequence.in_(mine))
        details = work.session.scalars(sealed).all()
        traces = [row.words, work.session.scalars(key).one(), *(bytes(each) for each in details)]
    pass_time(desk, days=YEARS)
    remove_alert(desk, decision(alert, why="The file went with her."))
    tables = inspect(engine_of(desk.alerts_unit_of_work)).get_table_names()
    left = [name for name in tables if alert in stored(desk.alerts_unit_of_work, name)]
    assert left == ["history_event"]
    if engine_of(desk.alerts_unit_of_work).dialect.name == "sqlite":
        assert found_in(tmp_path, traces) == []
    (line,) = alerts_kept(desk, LEAD).removed
    assert (line.raised_on, line.closed_on, line.why, line.removed_by) == (
        date(2026, 11, 24), date(2026, 11, 24), "The file went with her.",
        "Mr Mensah, deputy headteacher",
    )  # fmt: skip
    assert "The file went" not in stored(desk.alerts_unit_of_work, "removed_alert")
    assert view_alert(desk, LEAD, other).words == WORDS
    assert verify_history(desk) == ()
    with pytest.raises(NotHere):
        remove_alert(desk, decision(alert))


@ON_SQLITE
def test_only_a_closed_one_goes_when_its_time_to_ask_has_come_and_with_a_reason(
    desk: Desk,
) -> None:
    alert, still_open = closed(desk), raise_one(desk, "open", WORDS).id
    with pytest.raises(NotPossibleNow):
        remove_alert(desk, decision(alert))
    pass_time(desk, days=YEARS)
    with pytest.raises(NotPossibleNow):
        remove_alert(desk, decision(still_open))
    with pytest.raises(StepUnclear):
        remove_alert(desk, decision(alert, why="  "))
    step(desk, alert, AlertStep.REOPEN)
    with pytest.raises(NotPossibleNow):
        remove_alert(desk, decision(alert))
    assert rows_of(desk.alerts_unit_of_work, Alert) == 2


@ON_SQLITE
def test_a_hold_keeps_it_from_the_leads_themselves(desk: Desk) -> None:
    alert = closed(desk)
    with pytest.raises(StepUnclear):
        hold_alert(desk, decision(alert), date(2026, 11, 24))
    for _ in range(2):
        hold_alert(desk, decision(alert, why="A claim."), date(2027, 3, 1))
    with pytest.raises(NotPossibleNow):
        hold_alert(desk, decision(alert, why="Another."), date(2027, 3, 1))
    pass_time(desk, days=YEARS)
    assert asked(desk) == []
    assert preview_purge(desk).alerts == 0
    (held,) = alerts_kept(desk, DEPUTY_LEAD).held
    assert held.hold
    assert (held.hold.why, held.hold.overdue) == ("A claim.", True)
    with pytest.raises(NotPossibleNow):
        remove_alert(desk, decision(alert))
    lift_alert_hold(desk, decision(alert, DEPUTY_LEAD, "It was settled."))
    with pytest.raises(NotPossibleNow):
        lift_alert_hold(desk, decision(alert, DEPUTY_LEAD, "Again."))
    titles = [entry.title for entry in view_alert(desk, LEAD, alert).timeline]
    assert titles[-2:] == [
        "Mr Mensah, deputy headteacher, put a legal hold on this",
        "Mrs Doyle, pastoral lead, lifted the legal hold",
    ]
    remove_alert(desk, decision(alert))


@ON_SQLITE
def test_a_colleague_who_was_told_decides_nothing_and_a_stranger_learns_nothing(
    desk: Desk,
) -> None:
    alert = raise_one(desk, "one", WORDS).id
    acknowledge_alert(desk, staff_id=LEAD, alert_id=alert)
    told = LeadStep(LEAD, alert, AlertStep.SHARE, "Needs to know.", "share")
    share_alert(desk, told, to=CHAIR)
    step(desk, alert, AlertStep.CLOSE)
    pass_time(desk, days=YEARS)
    assert asked(desk, CHAIR) == asked(desk, "mr-croft") == []
    assert not view_alert_keeping(desk, CHAIR, alert).decides
    with pytest.raises(NotPossibleNow):
        remove_alert(desk, decision(alert, CHAIR))
    with pytest.raises(NotHere):
        remove_alert(desk, decision(alert, "mr-croft"))
    with pytest.raises(NotHere):
        view_alert_keeping(desk, "mr-croft", alert)
    remove_alert(desk, decision(alert))
    assert alerts_kept(desk, "mr-croft").removed == ()
    assert len(alerts_kept(desk, CHAIR).removed) == 1


@ON_SQLITE
def test_whom_it_is_about_neither_decides_nor_hears_that_it_is_gone(desk: Desk) -> None:
    alert = raise_one(desk, "one", WORDS).id
    acknowledge_alert(desk, staff_id=DEPUTY_LEAD, alert_id=alert)
    about = LeadStep(DEPUTY_LEAD, alert, AlertStep.NAME, "She said so.", "name")
    name_in_alert(desk, about, about=LEAD)
    step(desk, alert, AlertStep.CLOSE, DEPUTY_LEAD)
    pass_time(desk, days=YEARS)
    assert asked(desk, LEAD) == []
    assert asked(desk, HEAD) == [alert]
    with pytest.raises(NotHere):
        remove_alert(desk, decision(alert, LEAD))
    remove_alert(desk, decision(alert, HEAD))
    assert alerts_kept(desk, LEAD).removed == ()
