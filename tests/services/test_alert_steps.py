"""What leads write down about an alert: who, when and why, in order, and never taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.casework.alert_leads import LADO
from assistant.casework.alert_steps import AlertStep, Outcome
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.alert_step import LeadStep
from assistant.services.case_step import StepUnclear
from assistant.services.desk import Desk
from assistant.services.desk_shapes import AlertView
from assistant.services.errors import NotHere, NotPossibleNow, ReaderNotAllowed
from assistant.services.judge_alert import (
    agree_to_downgrade,
    call_it_about_an_adult,
    downgrade_alert,
    take_plain_step,
)
from assistant.services.list_alerts import list_alerts
from assistant.services.refer_alert import Referral, refer_alert
from assistant.services.share_alert import name_in_alert, share_alert
from assistant.services.verify_history import verify_history
from assistant.services.view_alert import view_alert
from tests.desks import stored
from tests.services.filings import CHAIR, CLERK, address_of, mail
from tests.services.test_raise_alert import DEPUTY_LEAD, HEAD, LEAD, raise_one

pytestmark = pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
"""The rules are the same on both databases; their SQL is tried on both by the tests of the wall."""

TODAY = date(2026, 11, 24)


@pytest.fixture
def alert(desk: Desk) -> str:
    """Return the id of an alert on which the lead is acting."""
    raised = raise_one(desk, words="She is afraid at home.")
    acknowledge_alert(desk, staff_id=LEAD, alert_id=raised.id)
    return raised.id


def wish(alert: str, step: AlertStep, who: str = LEAD, key: str = "key") -> LeadStep:
    return LeadStep(who, alert, step, f"Because of {step.value}.", key)


def seen(desk: Desk, alert: str, who: str = LEAD) -> AlertView:
    return view_alert(desk, who, alert)


def test_a_referral_keeps_whom_when_their_reference_and_their_advice(
    desk: Desk, alert: str
) -> None:
    referral = Referral("front_door", TODAY, "MASH-4711", "A visit on Thursday.")
    refer_alert(desk, wish(alert, AlertStep.REFER), referral)
    view = seen(desk, alert, HEAD)
    assert view.row.state == "referred"
    words = view.timeline[-1].words
    for part in ("Thornshire", "24 November 2026", "MASH-4711", "Thursday", "Because of refer."):
        assert part in words
    assert view.timeline[-1].title == "Mr Mensah, deputy headteacher, referred this onward"
    assert "MASH" not in stored(desk.alerts_unit_of_work, "alert", "history_detail", "outbox")


def test_a_body_nobody_knows_and_a_day_to_come_are_refused(desk: Desk, alert: str) -> None:
    for referral in (Referral("nobody", TODAY), Referral("police", date(2026, 11, 25))):
        with pytest.raises(StepUnclear):
            refer_alert(desk, wish(alert, AlertStep.REFER), referral)
    assert seen(desk, alert).row.state == "acting"


def test_what_one_lead_judges_to_be_less_a_second_one_looks_at(desk: Desk, alert: str) -> None:
    downgrade_alert(desk, wish(alert, AlertStep.DOWNGRADE), Outcome.PASTORAL)
    assert "Pastoral support" in seen(desk, alert).timeline[-1].words
    assert "agree" not in seen(desk, alert).steps
    assert "close" not in seen(desk, alert).steps
    with pytest.raises(NotPossibleNow):
        agree_to_downgrade(desk, wish(alert, AlertStep.AGREE))
    assert "agree" in seen(desk, alert, DEPUTY_LEAD).steps
    agree_to_downgrade(desk, wish(alert, AlertStep.AGREE, DEPUTY_LEAD))
    assert seen(desk, alert).row.state == "closed"
    assert list_alerts(desk, LEAD, closed=False) == ()
    take_plain_step(desk, wish(alert, AlertStep.REOPEN, HEAD))
    assert seen(desk, alert).row.state == "acting"


def test_a_lead_who_is_alone_with_it_agrees_with_themselves(desk: Desk) -> None:
    alone = raise_one(desk, subjects=frozenset({LEAD, DEPUTY_LEAD, HEAD})).id
    acknowledge_alert(desk, staff_id=CHAIR, alert_id=alone)
    downgrade_alert(desk, wish(alone, AlertStep.DOWNGRADE, CHAIR), Outcome.NOTHING)
    agree_to_downgrade(desk, wish(alone, AlertStep.AGREE, CHAIR))
    assert seen(desk, alone, CHAIR).row.state == "closed"


def test_a_colleague_who_is_told_reads_it_and_gets_a_message(desk: Desk, alert: str) -> None:
    with pytest.raises(NotHere):
        seen(desk, alert, CHAIR)
    share_alert(desk, wish(alert, AlertStep.SHARE), CHAIR)
    assert seen(desk, alert, CHAIR).words == "She is afraid at home."
    told = [to for to, _subject, _body in mail(desk, alerts=True)]
    assert (len(told), told.count(address_of(desk, CHAIR))) == (4, 1)
    for nobody in ("mr-bennett", CHAIR, "", LEAD):
        with pytest.raises(ReaderNotAllowed):
            share_alert(desk, wish(alert, AlertStep.SHARE, key="again"), nobody)


def test_naming_somebody_on_the_page_closes_it_to_them_even_to_who_names_themselves(
    desk: Desk, alert: str
) -> None:
    with pytest.raises(StepUnclear):
        name_in_alert(desk, wish(alert, AlertStep.NAME), "nobody")
    name_in_alert(desk, wish(alert, AlertStep.NAME), LEAD)
    with pytest.raises(NotHere):
        seen(desk, alert)
    view = seen(desk, alert, HEAD)
    assert view.row.state == "waiting"
    assert view.row.lado_due is not None
    assert "It is about: Mr Mensah" in "".join(entry.words for entry in view.timeline)


def test_the_clock_of_the_councils_officer_runs_until_they_heard(desk: Desk, alert: str) -> None:
    assert seen(desk, alert).row.lado_due is None
    call_it_about_an_adult(desk, wish(alert, AlertStep.ADULT))
    due = seen(desk, alert).row.lado_due
    assert due is not None
    assert (due.due_on, due.met_at) == (date(2026, 11, 25), None)
    assert "one working day" in due.sum
    refer_alert(desk, wish(alert, AlertStep.REFER), Referral(LADO, TODAY))
    due = seen(desk, alert).row.lado_due
    assert due is not None
    assert due.met_at is not None
    assert due.met_at.date() == TODAY


def test_an_alert_that_names_staff_starts_that_clock_by_itself(desk: Desk) -> None:
    assert seen(desk, raise_one(desk, words="Mr Bennett hit him.").id).row.lado_due is not None


ALL_STEPS: dict[AlertStep, Callable[[Desk, LeadStep], None]] = {
    AlertStep.NOTE: take_plain_step,
    AlertStep.CLOSE: take_plain_step,
    AlertStep.REFER: lambda desk, step: refer_alert(desk, step, Referral("police", TODAY)),
    AlertStep.SHARE: lambda desk, step: share_alert(desk, step, CLERK),
    AlertStep.NAME: lambda desk, step: name_in_alert(desk, step, "mr-bennett"),
    AlertStep.ADULT: call_it_about_an_adult,
    AlertStep.DOWNGRADE: lambda desk, step: downgrade_alert(desk, step, Outcome.EVERYDAY),
}


def test_every_step_counts_once_needs_a_reason_and_an_open_door(desk: Desk) -> None:
    for step, take in ALL_STEPS.items():
        alert = raise_one(desk, step.value, "She is afraid at home.").id
        acknowledge_alert(desk, staff_id=LEAD, alert_id=alert)
        with pytest.raises(StepUnclear):
            take(desk, LeadStep(LEAD, alert, step, " \n", "key"))
        for stranger in ("mr-bennett", CLERK, ""):
            with pytest.raises(NotHere):
                take(desk, wish(alert, step, stranger))
        for _twice in range(2):
            take(desk, wish(alert, step))
        reasons = [entry for entry in seen(desk, alert).timeline if "Because of" in entry.words]
        assert len(reasons) == 1, step
    assert verify_history(desk) == ()


def test_nothing_is_written_down_before_somebody_acknowledged_it(desk: Desk) -> None:
    waiting = raise_one(desk).id
    for step, take in ALL_STEPS.items():
        with pytest.raises(NotPossibleNow):
            take(desk, wish(waiting, step))
    with pytest.raises(NotPossibleNow):
        take_plain_step(desk, wish(waiting, AlertStep.ACKNOWLEDGE))
