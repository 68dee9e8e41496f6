"""Words that a parent adds to a meeting, and the link that ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from assistant.casework.school_shapes import Relationship
from assistant.services.add_to_meeting import ReaderNamed, add_to_meeting
from assistant.services.cancel_meeting import cancel_meeting
from assistant.services.desk import Desk
from assistant.services.errors import TextTooLong
from assistant.services.meeting_errors import MeetingGone
from assistant.services.open_link import open_link
from assistant.services.view_meeting import view_meeting
from assistant.store.ledger import Outbox
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.services.bookings import HOST, book, count
from tests.services.filings import CHAIR, CLERK, HEAD, address_of, file_case
from tests.services.test_meeting_mail import told, with_the_chair

pytestmark = ON_SQLITE


def test_the_host_reads_it_once_and_is_told_without_a_word_of_it(desk: Desk) -> None:
    meeting = book(desk, "m")
    before = count(desk, Outbox)
    for _ in range(2):
        add_to_meeting(desk, meeting_id=meeting.id, words="She cried again.", idempotency_key="a")
    said = [each.words for each in view_meeting(desk, HOST, meeting.reference).timeline]
    assert said.count("She cried again.") == 1
    assert count(desk, Outbox) == before + 1
    with desk.unit_of_work(read_only=True) as work:
        bodies = [work.unseal(row, "body") for row in work.session.scalars(select(Outbox))]
    assert not any("cried" in body for body in bodies)


def test_the_parent_sees_it_on_the_page_of_the_link(desk: Desk) -> None:
    meeting = book(desk, "m")
    add_to_meeting(desk, meeting_id=meeting.id, words="One more thing.", idempotency_key="a")
    record = open_link(desk, token=meeting.token)
    assert record
    assert record.words == ("about reading at home", "One more thing.")


def test_a_reader_whom_the_wall_shuts_out_later_is_not_written_to(desk: Desk) -> None:
    meeting_id = with_the_chair(desk)
    ties = (*desk.school.relationships, Relationship(CLERK, HEAD, "sisters"))
    later = replace(desk, school=replace(desk.school, relationships=ties))
    add_to_meeting(later, meeting_id=meeting_id, words="And today.", idempotency_key="a")
    assert told(desk, "has added something") == {address_of(desk, CHAIR)}


@pytest.mark.parametrize("words", ["Mr Bennett shouted at her", "mr benett was unkind"])
def test_words_about_the_reader_wait_for_the_parents_word(desk: Desk, words: str) -> None:
    meeting = book(desk, "m")
    with pytest.raises(ReaderNamed):
        add_to_meeting(desk, meeting_id=meeting.id, words=words, idempotency_key="a")
    assert words not in str(open_link(desk, token=meeting.token))
    add_to_meeting(desk, meeting_id=meeting.id, words=words, idempotency_key="a", readers_may=True)
    assert words in str(open_link(desk, token=meeting.token))


def test_nothing_is_added_to_a_meeting_that_is_off_or_not_there(desk: Desk) -> None:
    meeting = book(desk, "m")
    cancel_meeting(desk, meeting_id=meeting.id, idempotency_key="c")
    for meeting_id in (meeting.id, "0" * 32):
        with pytest.raises(MeetingGone):
            add_to_meeting(desk, meeting_id=meeting_id, words="More.", idempotency_key="a")


def test_more_than_can_be_stored_is_refused(desk: Desk) -> None:
    meeting = book(desk, "m")
    with pytest.raises(TextTooLong):
        add_to_meeting(desk, meeting_id=meeting.id, words="x" * 200_001, idempotency_key="a")


def test_the_link_of_a_meeting_ends_thirty_days_after_it(desk: Desk) -> None:
    meeting = book(desk, "m")
    pass_time(desk, days=30)
    assert open_link(desk, token=meeting.token)
    pass_time(desk, days=1)
    assert open_link(desk, token=meeting.token) is None


def test_the_link_of_a_case_does_not_end_with_time(desk: Desk) -> None:
    case = file_case(desk)
    pass_time(desk, days=400)
    assert open_link(desk, token=case.token)
