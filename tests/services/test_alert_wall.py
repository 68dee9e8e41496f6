"""Whom an alert is about never reads it, however late they are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.services.acknowledge_alert import acknowledge_alert
from assistant.services.add_to_case import add_to_case
from assistant.services.desk import Desk
from assistant.services.errors import NotHere
from assistant.services.list_alerts import list_alerts
from assistant.services.repeat_alerts import repeat_alerts
from assistant.services.start_conversation import start_conversation
from assistant.services.view_alert import view_alert
from assistant.store.ledger import AlertOutbox
from tests.databases import AT_LENGTH_ON_BOTH
from tests.desks import pass_time
from tests.services.filings import (
    CHAIR,
    HEADS_HUSBAND,
    address_of,
    file_case,
    mail,
)
from tests.services.test_raise_alert import DEPUTY_LEAD, HEAD, LEAD, LEADS, raise_one

pytestmark = AT_LENGTH_ON_BOTH

AFRAID = "She is afraid of going in."


def readers(desk: Desk, alert_id: str) -> set[str]:
    return {
        person.id
        for person in desk.school.people
        if alert_id in [row.id for row in list_alerts(desk, person.id)]
    }


def told_since(desk: Desk, before: int) -> set[str]:
    return {to for to, _subject, _body in mail(desk, alerts=True)[before:]}


def letters(desk: Desk) -> int:
    with desk.alerts_unit_of_work(read_only=True) as work:
        return work.session.query(AlertOutbox).count()


def test_what_a_later_message_names_is_closed_to_them_in_every_alert_of_the_chat(
    desk: Desk,
) -> None:
    first = raise_one(desk, "1", AFRAID, conversation_id="c" * 32)
    other = raise_one(desk, "other", AFRAID, conversation_id="d" * 32)
    assert readers(desk, first.id) == set(LEADS)
    second = raise_one(desk, "2", "It was Mr Mensah who hurt her.", conversation_id="c" * 32)
    third = raise_one(desk, "3", "There is a bruise.", conversation_id="c" * 32)
    for alert in (first, second, third):
        assert readers(desk, alert.id) == {DEPUTY_LEAD, HEAD}
        with pytest.raises(NotHere):
            view_alert(desk, LEAD, alert.id)
    assert readers(desk, other.id) == set(LEADS)
    assert "Mr Mensah" not in [lead.name for lead in third.leads]


def test_what_they_acknowledged_waits_again_and_the_others_hear_of_it(desk: Desk) -> None:
    alert = raise_one(desk, "1", AFRAID, conversation_id="c" * 32)
    acknowledge_alert(desk, staff_id=LEAD, alert_id=alert.id)
    pass_time(desk, minutes=60)
    assert repeat_alerts(desk) == 0
    before = letters(desk)
    raise_one(desk, "2", "It was Mr Mensah.", conversation_id="c" * 32)
    assert told_since(desk, before) == {address_of(desk, each) for each in (DEPUTY_LEAD, HEAD)}
    assert view_alert(desk, HEAD, alert.id).row.acknowledged_at is None
    pass_time(desk, minutes=15)
    assert repeat_alerts(desk) == 2


def test_what_somebody_else_acknowledged_as_well_goes_on(desk: Desk) -> None:
    alert = raise_one(desk, "1", AFRAID, conversation_id="c" * 32)
    for staff_id in (LEAD, HEAD):
        acknowledge_alert(desk, staff_id=staff_id, alert_id=alert.id)
    raise_one(desk, "2", "It was Mr Mensah.", conversation_id="c" * 32)
    assert view_alert(desk, HEAD, alert.id).row.acknowledged_at is not None


def test_when_nobody_is_left_the_chair_reads_it(desk: Desk) -> None:
    alert = raise_one(desk, "1", AFRAID, conversation_id="c" * 32)
    everybody = frozenset(LEADS)
    pass_time(desk, minutes=1)
    raise_one(desk, "2", "It was them.", conversation_id="c" * 32, subjects=everybody)
    assert readers(desk, alert.id) == {CHAIR}
    assert address_of(desk, CHAIR) in told_since(desk, 3)


def test_a_complaint_of_the_same_parent_names_them_too(desk: Desk) -> None:
    conversation, _token = start_conversation(desk)
    alert = raise_one(desk, "1", AFRAID, conversation_id=conversation)
    case = file_case(desk, conversation_id=conversation, subjects=frozenset({LEAD}))
    assert readers(desk, alert.id) == {DEPUTY_LEAD, HEAD}
    add_to_case(desk, case_id=case.id, words="Mrs Doyle knew.", idempotency_key="more")
    assert readers(desk, alert.id) == {HEAD}


def test_a_tie_that_is_declared_later_closes_it_at_once(desk: Desk) -> None:
    alert = raise_one(desk, "1", "Mr Bennett hit him.")
    assert LEAD in readers(desk, alert.id)
    (tie, *_) = desk.school.relationships
    closer = replace(tie, a=LEAD, b="mr-bennett")
    later = replace(desk, school=replace(desk.school, relationships=(closer,)))
    assert LEAD not in readers(later, alert.id)


def test_nobody_is_told_further_who_is_close_to_somebody_named(desk: Desk) -> None:
    alert = raise_one(desk, "1", "Mrs Ashworth, the head, frightens her.")
    for _hours in range(8):
        for _quarter in range(4):
            pass_time(desk, minutes=15)
            repeat_alerts(desk)
    assert not readers(desk, alert.id) & {HEAD, HEADS_HUSBAND, "mrs-pickering"}
    assert CHAIR in readers(desk, alert.id)
