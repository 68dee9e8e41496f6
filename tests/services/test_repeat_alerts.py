"""While nobody acknowledges an alert it is sent again, and to further people each hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.desk import Desk
from assistant.services.repeat_alerts import repeat_alerts
from assistant.services.view_alert import view_alert
from tests.desks import pass_time
from tests.services.filings import CHAIR, CLERK, VICE_CHAIR, address_of, mail
from tests.services.test_raise_alert import HEAD, LEAD, LEADS, raise_one

pytestmark = pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
"""The rules are the same on both databases; their SQL is tried on both by the tests of the wall."""


def hours_pass(desk: Desk, hours: int) -> None:
    for _quarter in range(4 * hours):
        pass_time(desk, minutes=15)
        repeat_alerts(desk)


def told_last(desk: Desk) -> set[str]:
    letters = mail(desk, alerts=True)
    return {to for to, _subject, _body in letters}


def test_after_an_hour_the_chair_is_told_then_the_vice_chair_then_the_clerk(desk: Desk) -> None:
    alert = raise_one(desk)
    for further in ((), (CHAIR,), (CHAIR, VICE_CHAIR), (CHAIR, VICE_CHAIR, CLERK)):
        assert told_last(desk) == {address_of(desk, each) for each in (*LEADS, *further)}
        hours_pass(desk, 1)
    view = view_alert(desk, CHAIR, alert.id)
    assert view.nobody_left
    titles = [entry.title for entry in view.timeline]
    assert titles.count("The message was sent again 4 times") == 4
    assert sum("were told as well" in title for title in titles) == 3


def test_nobody_further_is_told_once_somebody_acts(desk: Desk) -> None:
    alert = raise_one(desk)
    acknowledge_alert(desk, staff_id=LEAD, alert_id=alert.id)
    hours_pass(desk, 2)
    assert len(mail(desk, alerts=True)) == 3
    assert not view_alert(desk, HEAD, alert.id).nobody_left


def test_the_school_sets_after_how_many(desk: Desk) -> None:
    safeguarding = replace(desk.school.safeguarding, escalate_after_repeats=1)
    hasty = replace(desk, school=replace(desk.school, safeguarding=safeguarding))
    raise_one(hasty)
    pass_time(hasty, minutes=15)
    repeat_alerts(hasty)
    assert address_of(desk, CHAIR) in told_last(desk)


def test_the_schools_words_for_when_it_is_closed_go_out_then_and_only_then(desk: Desk) -> None:
    words = desk.school.safeguarding.out_of_hours
    raise_one(desk)
    assert not any(words in body for _to, _subject, body in mail(desk, alerts=True))
    desk.clock.instant = datetime(2026, 11, 28, 12, tzinfo=UTC)  # type: ignore[misc]
    raise_one(desk, "saturday")
    assert sum(words in body for _to, _subject, body in mail(desk, alerts=True)) == 3


def test_on_a_day_of_cover_the_parent_hears_of_whoever_is_on_it_first(desk: Desk) -> None:
    desk.clock.instant = datetime(2026, 12, 22, 12, tzinfo=UTC)  # type: ignore[misc]
    receipt = raise_one(desk)
    assert (receipt.leads[0].name, receipt.leads[0].hours) == (
        "Mrs Doyle",
        "until noon on working days",
    )
    assert view_alert(desk, LEAD, receipt.id).promise == desk.school.safeguarding.holiday_cover
