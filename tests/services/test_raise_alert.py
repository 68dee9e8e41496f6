"""Safeguarding alerts: verbatim, to the right people only, whatever else is broken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.app import build_desk
from assistant.casework.kinds import AlertKind
from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.desk import Desk
from assistant.services.list_alerts import list_alerts
from assistant.services.raise_alert import raise_alert
from assistant.services.repeat_alerts import repeat_alerts
from assistant.services.shapes import AlertReceipt, Contact
from assistant.services.view_alert import view_alert
from assistant.store.alert_tables import Alert
from tests.desks import close_databases, pass_time, stored
from tests.services.filings import CLERK, address_of, mail, rows_of

WORDS = "  Zephyrine flinches when he comes in.\n\nShe has bruises \ud800 on her arms!!  "
LEAD, DEPUTY_LEAD, HEAD = "mr-mensah", "mrs-doyle", "mrs-ashworth"
LEADS = [LEAD, DEPUTY_LEAD, HEAD]


def raise_one(desk: Desk, key: str = "key", words: str = WORDS, **changed: object) -> AlertReceipt:
    """Raise a safeguarding alert."""
    request = {"conversation_id": None, "kind": AlertKind.SAFEGUARDING, "contact": None}
    return raise_alert(desk, idempotency_key=key, words=words, **(request | changed))  # type: ignore[arg-type]


def told(desk: Desk) -> list[str]:
    return [to for to, _subject, _body in mail(desk, alerts=True)]


def addresses(desk: Desk, *staff_ids: str) -> set[str]:
    return {address_of(desk, each) for each in staff_ids}


def test_the_receipt_names_the_leads_in_the_schools_order(desk: Desk) -> None:
    receipt = raise_one(desk)
    assert [lead.name for lead in receipt.leads] == ["Mr Mensah", "Mrs Doyle", "Mrs Ashworth"]
    assert receipt.leads[0].phone == "01632 960301"
    assert receipt.read_by == desk.school.safeguarding.read_by


def test_the_words_are_kept_verbatim_and_sealed(desk: Desk) -> None:
    alert = raise_one(desk, contact=Contact(phone="07700 900123"))
    view = view_alert(desk, LEAD, alert.id)
    assert view.words == WORDS
    assert view.contact == Contact(phone="07700 900123")
    everything = stored(desk.alerts_unit_of_work, "alert", "outbox", "history_detail")
    assert "bruises" not in everything
    assert "900123" not in everything


def test_the_messages_have_no_word_of_the_parent_and_no_name(desk: Desk) -> None:
    alert = raise_one(desk)
    for _to, subject, body in mail(desk, alerts=True):
        for secret in ("Zephyrine", "bruises", "child", "safeguarding"):
            assert secret not in subject + body
        assert alert.id in body
    assert set(told(desk)) == addresses(desk, *LEADS)


def test_it_works_while_the_case_database_is_missing(desk: Desk, tmp_path: Path) -> None:
    gone = replace(desk.settings, database_url=f"sqlite:///{tmp_path / 'no folder' / 'gone.db'}")
    without_cases = build_desk(gone)
    receipt = raise_one(without_cases)
    close_databases(without_cases)
    assert len(receipt.leads) == 3
    assert rows_of(desk.alerts_unit_of_work, Alert) == 1


def test_the_same_key_raises_one_alert(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: raise_one(desk, "same"), range(16)))
    assert len({receipt.id for receipt in receipts}) == 1
    assert len(told(desk)) == 3


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Mr Mensah grabbed her", [DEPUTY_LEAD, HEAD]),
        ("mr mensa grabbed her", [DEPUTY_LEAD, HEAD]),
        ("Mr Rigby, who is married to the head, hit him", [LEAD, DEPUTY_LEAD]),
        ("Mr Bennett hit him", LEADS),
    ],
)
def test_a_lead_who_is_named_or_close_to_somebody_named_is_passed_over(
    desk: Desk, words: str, leads: list[str]
) -> None:
    raise_one(desk, words=words)
    assert set(told(desk)) == addresses(desk, *leads)


def test_when_every_lead_is_named_the_chair_is_told(desk: Desk) -> None:
    receipt = raise_one(desk, subjects=frozenset(LEADS))
    assert [lead.name for lead in receipt.leads] == ["Dr Siddiqui"]


def test_when_nobody_is_free_the_alert_is_kept_and_says_so(desk: Desk) -> None:
    everybody = frozenset(person.id for person in desk.school.people)
    receipt = raise_one(desk, subjects=everybody)
    assert receipt.leads == ()
    assert rows_of(desk.alerts_unit_of_work, Alert) == 1


@pytest.mark.parametrize(
    ("at", "covered"),
    [
        (datetime(2026, 11, 28, 12, tzinfo=UTC), False),  # a Saturday in term
        (datetime(2026, 12, 24, 12, tzinfo=UTC), True),
        (datetime(2026, 12, 26, 12, tzinfo=UTC), True),
        (datetime(2031, 8, 1, 12, tzinfo=UTC), True),  # long after the last known term
    ],
)
def test_out_of_term_the_holiday_cover_is_named(desk: Desk, at: datetime, *, covered: bool) -> None:
    desk.clock.instant = at
    safeguarding = desk.school.safeguarding
    expected = safeguarding.holiday_cover if covered else safeguarding.read_by
    assert raise_one(desk).read_by == expected


def test_only_recipients_see_it_on_their_desk(desk: Desk) -> None:
    alert = raise_one(desk)
    for person in desk.school.people:
        listed = [row.id for row in list_alerts(desk, person.id)]
        assert listed == ([alert.id] if person.id in LEADS else [])


def test_it_comes_again_until_somebody_acknowledges_it(desk: Desk) -> None:
    alert = raise_one(desk)
    assert repeat_alerts(desk) == 0
    pass_time(desk, minutes=15)
    assert repeat_alerts(desk) == 1
    assert repeat_alerts(desk) == 0
    assert len(told(desk)) == 6
    acknowledge_alert(desk, staff_id=DEPUTY_LEAD, alert_id=alert.id)
    pass_time(desk, minutes=60)
    assert repeat_alerts(desk) == 0


def test_two_workers_repeat_an_alert_once(desk: Desk) -> None:
    raise_one(desk)
    pass_time(desk, minutes=15)
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: repeat_alerts(desk), range(4))) == 1
    assert len(told(desk)) == 6


def test_each_person_acknowledges_once_and_all_see_who_did(desk: Desk) -> None:
    alert = raise_one(desk)
    for staff_id in (LEAD, LEAD, HEAD):
        acknowledge_alert(desk, staff_id=staff_id, alert_id=alert.id)
    view = view_alert(desk, DEPUTY_LEAD, alert.id)
    assert [name for name, _at in view.acknowledged] == [
        "Mr Mensah, deputy headteacher",
        "Mrs Ashworth, headteacher",
    ]
    assert not view.mine
    assert view_alert(desk, LEAD, alert.id).mine


def test_the_clerk_hears_nothing_of_an_alert(desk: Desk) -> None:
    raise_one(desk)
    assert address_of(desk, CLERK) not in told(desk)
