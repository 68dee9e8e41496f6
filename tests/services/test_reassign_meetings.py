"""The meetings of somebody who leaves: who arranges it, what they see, each whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.casework.kinds import Channel, MeetingMode
from assistant.casework.school_shapes import Relationship
from assistant.services.desk import Desk
from assistant.services.desk_shapes import LeavingMeeting
from assistant.services.errors import NotHere
from assistant.services.leaving_meetings import leavers, leaving_meetings
from assistant.services.reassign_meetings import reassign_meetings
from assistant.services.shapes import MeetingReceipt
from assistant.services.view_meeting import view_meeting
from assistant.store.ledger import Outbox
from assistant.store.seed import seed_school
from tests.databases import ON_SQLITE
from tests.desks import pass_time
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, PARENT, book, count
from tests.services.filings import (
    BUSINESS_MANAGER,
    CHAIR,
    CLERK,
    DEPUTY,
    HEAD,
    SENCO,
    VICE_CHAIR,
    address_of,
    mail,
)

pytestmark = ON_SQLITE

TODAY = date(2026, 11, 24)
ELEVEN = london("2026-11-25T11:00")


def listed(
    desk: Desk, by: str = BUSINESS_MANAGER, leaver: str = HOST, since: date = TODAY
) -> tuple[LeavingMeeting, ...]:
    return leaving_meetings(desk, by, leaver=leaver, since=since)


def references(found: tuple[LeavingMeeting, ...]) -> list[str]:
    return [each.reference for each in found]


def give(
    desk: Desk, choices: dict[str, str], by: str = BUSINESS_MANAGER, key: str = "k"
) -> list[str]:
    """Return for each meeting with whom it is now, or why it is not."""
    found = reassign_meetings(
        desk, staff_id=by, choices=choices, why="Mr Bennett leaves.", idempotency_key=key
    )
    return [each.host_label or each.problem for each in found]


def after_leaving(desk: Desk, staff_id: str = HOST) -> Desk:
    """Return the desk of a school whose file no longer has this person."""
    people = tuple(person for person in desk.school.people if person.id != staff_id)
    classes = tuple(
        replace(each, teacher="miss-kaur") if each.teacher == staff_id else each
        for each in desk.school.classes
    )
    rows = tuple(
        replace(row, staff=tuple(each for each in row.staff if each != staff_id))
        for row in desk.school.availability_rows
    )
    later = replace(desk.school, people=people, classes=classes, availability_rows=rows)
    seed_school(desk.unit_of_work, later)
    return replace(desk, school=later)


def with_the_chair(desk: Desk) -> MeetingReceipt:
    start = london("2026-11-26T18:00")
    subjects = frozenset({HEAD})
    return book(desk, "chair", start, host_id=CHAIR, channel=Channel.GOVERNORS, subjects=subjects)


def test_the_list_has_each_coming_meeting_with_whoever_is_free_then_best_first(desk: Desk) -> None:
    late, early = book(desk, "late", ELEVEN), book(desk, "early")
    book(desk, "in the way", HALF_PAST_NINE, host_id="mrs-doyle")
    found = listed(desk)
    assert references(found) == [early.reference, late.reference]
    assert [taker.staff_id for taker in found[0].takers][:2] == [DEPUTY, HEAD]
    assert found[1].takers[0].staff_id == "mrs-doyle"
    assert all(taker.is_free for each in found for taker in each.takers)


def test_nobody_is_proposed_for_two_meetings_that_would_overlap(desk: Desk) -> None:
    book(desk, "one")
    book(desk, "two", HALF_PAST_NINE + timedelta(minutes=20))
    one, two = listed(desk)
    assert one.proposed == two.takers[0].staff_id == "mrs-doyle"  # keeps ten minutes after each
    assert two.proposed == two.takers[1].staff_id
    outcome = give(desk, {each.reference: each.proposed for each in (one, two)})
    assert outcome == ["Mrs Doyle, pastoral lead", "Mr Mensah, deputy headteacher"]


def test_meetings_before_the_day_of_leaving_stay(desk: Desk) -> None:
    book(desk, "before")
    after = book(desk, "after", HALF_PAST_NINE + timedelta(days=7))
    assert references(listed(desk, since=date(2026, 12, 1))) == [after.reference]


def test_who_arranges_it_sees_neither_the_parent_nor_the_matter(desk: Desk) -> None:
    booked = book(desk, "key")
    shown = repr(listed(desk))
    for secret in (PARENT.name, PARENT.phone, "Robin", "reading at home"):
        assert secret not in shown
    with pytest.raises(NotHere):
        view_meeting(desk, BUSINESS_MANAGER, booked.reference)


def test_where_nobody_is_free_the_parents_number_is_shown_and_that_is_recorded(desk: Desk) -> None:
    booked = book(desk, "key")
    for place, person in enumerate(listed(desk)[0].takers):
        busy = {"host_id": person.staff_id, "mode": MeetingMode.PHONE}
        book(desk, f"busy {place}", HALF_PAST_NINE, **busy)
    (found,) = listed(desk)
    assert (found.takers, found.reach) == ((), "Sam Parent, 07700 900123")
    with desk.unit_of_work(read_only=True) as work:
        last = work.events_of("meeting", booked.id)[-1]
    assert (last.kind, last.actor) == ("meeting.contact_read", BUSINESS_MANAGER)


@pytest.mark.parametrize("about", [HEAD, "mr-rigby", BUSINESS_MANAGER])
def test_a_meeting_behind_their_wall_is_neither_listed_nor_counted_nor_movable(
    desk: Desk, about: str
) -> None:
    plain = book(desk, "plain", ELEVEN)
    hidden = book(desk, "hidden", subjects=frozenset({about}))
    gone = after_leaving(desk)
    assert references(listed(gone)) == [plain.reference]
    assert [each.meetings for each in leavers(gone, BUSINESS_MANAGER)] == [1]
    assert [each.meetings for each in leavers(gone, CLERK)] == [2]
    missing = "SG-000-000-000"
    assert give(gone, {hidden.reference: DEPUTY}) == give(gone, {missing: DEPUTY})


def test_governors_meetings_are_the_clerks_to_arrange(desk: Desk) -> None:
    booked = with_the_chair(desk)
    assert listed(desk, leaver=CHAIR) == ()
    (found,) = listed(desk, by=CLERK, leaver=CHAIR)
    assert [taker.staff_id for taker in found.takers] == [VICE_CHAIR, CLERK, "mrs-yusuf", "mr-reed"]
    assert give(desk, {booked.reference: VICE_CHAIR}, by=CLERK) == [
        "Mr Thorpe, vice-chair of governors"
    ]


@pytest.mark.parametrize("person", [HEAD, DEPUTY, SENCO, "ms-begum", "nobody"])
def test_nobody_else_is_shown_or_may_do_anything(desk: Desk, person: str) -> None:
    booked = book(desk, "key")
    assert listed(desk, by=person) == ()
    assert give(desk, {booked.reference: SENCO}, by=person) == [str(NotHere())]


def test_each_is_placed_whole_or_says_why_not_and_does_not_hold_up_the_others(desk: Desk) -> None:
    first, second = book(desk, "first"), book(desk, "second", ELEVEN)
    book(desk, "in the way", HALF_PAST_NINE, host_id=DEPUTY)
    mailed = count(desk, Outbox)
    assert give(desk, {first.reference: DEPUTY, second.reference: DEPUTY}) == [
        "That colleague is not free at the time of this meeting.",
        "Mr Mensah, deputy headteacher",
    ]
    assert count(desk, Outbox) == mailed + 3
    assert view_meeting(desk, HOST, first.reference).row.host_id == HOST
    assert view_meeting(desk, DEPUTY, second.reference).timeline[-1].words == "Mr Bennett leaves."


def test_sent_twice_it_says_the_same_and_does_nothing_more(desk: Desk) -> None:
    booked = book(desk, "key")
    once = give(desk, {booked.reference: DEPUTY})
    mailed = count(desk, Outbox)
    assert give(desk, {booked.reference: DEPUTY}) == once
    assert count(desk, Outbox) == mailed


def test_somebody_who_left_the_file_is_listed_by_name_and_not_written_to(desk: Desk) -> None:
    booked = book(desk, "key")
    old_address = desk.school.person(HOST).email
    gone = after_leaving(desk)
    assert [(each.staff_id, each.name) for each in leavers(gone, BUSINESS_MANAGER)] == [
        (HOST, "Luke Bennett")
    ]
    pass_time(desk, minutes=1)
    assert give(gone, {booked.reference: "mrs-doyle"}) == ["Mrs Doyle, pastoral lead"]
    told = [to for to, _subject, body in mail(desk) if "is now with" in body or "is booked" in body]
    assert told.count(old_address) == 1  # of the booking, while he was there
    assert leavers(gone, BUSINESS_MANAGER) == ()
    assert view_meeting(gone, "mrs-doyle", booked.reference).timeline[-1].title == (
        "Mr Lund, school business manager, handed the meeting over from somebody who has left, "
        "to Mrs Doyle, pastoral lead"
    )


def test_a_host_who_came_behind_the_wall_is_not_told_who_has_the_meeting_now(desk: Desk) -> None:
    booked = book(desk, "key", subjects=frozenset({"miss-kaur"}))
    ties = (*desk.school.relationships, Relationship(HOST, "miss-kaur", "married"))
    later = replace(desk, school=replace(desk.school, relationships=ties))
    mailed = [to for to, _subject, _body in mail(desk)].count(address_of(desk, HOST))
    assert give(later, {booked.reference: DEPUTY}) == ["Mr Mensah, deputy headteacher"]
    told = [to for to, _subject, _body in mail(desk)]
    assert told.count(address_of(desk, HOST)) == mailed
