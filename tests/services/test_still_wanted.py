"""A letter that waited is not sent to a colleague who may no longer read what it tells of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.casework.school_shapes import Relationship
from assistant.services.add_to_case import add_to_case
from assistant.services.deliver_outbox import deliver_outbox
from assistant.services.desk import Desk
from assistant.services.grant_access import grant_access
from assistant.services.hand_over_meeting import hand_over_meeting
from assistant.services.list_dead_letters import list_dead_letters
from assistant.services.mailers import Outcome
from assistant.services.revoke_access import revoke_access
from assistant.services.settle_dead_letter import Settling, settle_dead_letter
from assistant.services.start_conversation import start_conversation
from tests.databases import ON_SQLITE
from tests.services.bookings import HOST, book
from tests.services.bookings import PARENT as VISITOR
from tests.services.filings import CHAIR, CLERK, DEPUTY, HEAD, PARENT, SENCO, address_of, file_case
from tests.services.test_deliver_outbox import Scripted
from tests.services.test_meeting_mail import with_the_chair
from tests.services.test_raise_alert import DEPUTY_LEAD, raise_one

pytestmark = ON_SQLITE

NAMED = "Mrs Ashworth did it."


def sent(desk: Desk) -> set[str]:
    """Deliver what is due; return to whom."""
    mailer = Scripted()
    deliver_outbox(desk, mailer)
    return {str(each["To"]) for each in mailer.seen}


def addresses(desk: Desk, *staff_ids: str) -> set[str]:
    return {address_of(desk, each) for each in staff_ids}


def test_who_is_named_before_the_letter_about_a_case_goes_out_does_not_get_it(desk: Desk) -> None:
    case = file_case(desk)
    add_to_case(desk, case_id=case.id, words=NAMED, idempotency_key="more")
    assert sent(desk) == {*addresses(desk, CHAIR, CLERK), PARENT.email}


def test_a_dead_letter_that_is_sent_again_does_not_reach_who_was_named_since(desk: Desk) -> None:
    case = file_case(desk)
    deliver_outbox(desk, Scripted(*[Outcome.REFUSED] * 9))
    add_to_case(desk, case_id=case.id, words=NAMED, idempotency_key="more")
    for letter in list_dead_letters(desk, CHAIR):
        again = {"letter_id": letter.id, "how": Settling.AGAIN, "why": "Try."}
        settle_dead_letter(desk, staff_id=CHAIR, **again)
    assert sent(desk) == {*addresses(desk, CHAIR, CLERK), PARENT.email}


def test_who_reads_a_case_no_longer_is_not_called_to_it(desk: Desk) -> None:
    reference = file_case(desk).reference
    wish = {"staff_id": HEAD, "reference": reference, "why": "Help."}
    grant_access(desk, to=SENCO, idempotency_key="g", **wish)
    revoke_access(desk, of=SENCO, idempotency_key="r", **wish)
    assert sent(desk) == {*addresses(desk, HEAD), PARENT.email}


def test_a_tie_that_is_declared_later_stops_the_letter_about_a_meeting(desk: Desk) -> None:
    with_the_chair(desk)
    ties = (*desk.school.relationships, Relationship(CLERK, HEAD, "sisters"))
    later = replace(desk, school=replace(desk.school, relationships=ties))
    assert address_of(desk, CLERK) not in sent(later)


def test_the_host_before_still_hears_that_the_meeting_is_with_a_colleague(desk: Desk) -> None:
    meeting = book(desk, "key")
    hand_over_meeting(
        desk, staff_id=HOST, reference=meeting.reference, to=DEPUTY, why="A", idempotency_key="h"
    )
    assert sent(desk) >= {*addresses(desk, HOST, DEPUTY), VISITOR.email}


@pytest.mark.parametrize("again", [False, True])
def test_who_is_named_before_the_letter_about_an_alert_goes_out_does_not_get_it(
    desk: Desk, *, again: bool
) -> None:
    conversation, _ = start_conversation(desk)
    raise_one(desk, "1", "She is afraid of going in.", conversation_id=conversation)
    if again:
        deliver_outbox(desk, Scripted(*[Outcome.REFUSED] * 9))
    raise_one(desk, "2", "It was Mr Mensah who hurt her.", conversation_id=conversation)
    for letter in list_dead_letters(desk, DEPUTY_LEAD):
        wish = {"letter_id": letter.id, "how": Settling.AGAIN, "why": "Try."}
        settle_dead_letter(desk, staff_id=DEPUTY_LEAD, **wish)
    assert sent(desk) == addresses(desk, DEPUTY_LEAD, HEAD)
