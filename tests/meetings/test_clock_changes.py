"""Half past three stays half past three when the clocks change, in offers and in calendars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from assistant.casework.calendar import SchoolCalendar, to_utc
from assistant.casework.school_shapes import Term
from assistant.casework.times import Window
from assistant.evaluation.booking.stage import close, host_id
from assistant.evaluation.booking.ways import book_as_parent
from assistant.services.clock import FixedClock
from assistant.services.desk import Desk
from assistant.services.offer_slots import offer_slots
from assistant.store.ledger import Outbox
from assistant.store.meeting_tables import Availability
from tests.meetings.staging import MakeStage

HOST = host_id(0)
TERM = Term("All days", date(2026, 9, 1), date(2028, 7, 31), date(2028, 7, 30), date(2028, 7, 31))
"""The school's own holidays hide the days after the changes; this one has none."""
GOLDEN = {
    date(2026, 10, 23): datetime(2026, 10, 23, 14, 30, tzinfo=UTC),
    date(2026, 10, 26): datetime(2026, 10, 26, 15, 30, tzinfo=UTC),
    date(2027, 3, 26): datetime(2027, 3, 26, 15, 30, tzinfo=UTC),
    date(2027, 3, 29): datetime(2027, 3, 29, 14, 30, tzinfo=UTC),
    date(2027, 10, 29): datetime(2027, 10, 29, 14, 30, tzinfo=UTC),
    date(2027, 11, 1): datetime(2027, 11, 1, 15, 30, tzinfo=UTC),
}
"""When half past three is, the Friday before each change and the Monday after it."""
SUNDAYS = (date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))


@pytest.fixture
def desk(make_stage: MakeStage) -> Iterator[Desk]:
    """Return a desk whose host meets on Sundays too, as far as the weekly pattern goes."""
    opened = make_stage(1).open()
    with opened.unit_of_work() as work:
        sunday = {"weekday": 6, "starts": time(0), "ends": time(23, 55), "modes": ["phone"]}
        work.session.add(Availability(staff_id=HOST, **sunday))
        work.commit(unrecorded="a test's own rows")
    calendar = SchoolCalendar.from_school(replace(opened.school, terms=(TERM,)))
    yield replace(opened, calendar=calendar)
    close(opened)


def shortly_before(desk: Desk, day: date) -> Desk:
    """Return the desk two days before at noon."""
    noon = datetime.combine(day - timedelta(days=2), time(12), UTC)
    return replace(desk, clock=FixedClock(noon), machine_clock=FixedClock(noon))


@pytest.mark.parametrize(("day", "instant"), GOLDEN.items(), ids=map(str, GOLDEN))
def test_half_past_three_is_offered_booked_and_written_at_the_right_instant(
    day: date, instant: datetime, desk: Desk
) -> None:
    now = shortly_before(desk, day)
    half_past_three = Window(instant, instant + timedelta(minutes=15))
    (slot,) = offer_slots(now, host_ids=[HOST], windows=[half_past_three]).matching
    assert slot.starts_at == instant
    assert book_as_parent(now, HOST, "a parent", slot.starts_at).starts_at == instant
    for text in calendars(now):
        assert f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T153000" in text.splitlines()
        assert f"DTEND;TZID=Europe/London:{day:%Y%m%d}T154500" in text.splitlines()


def calendars(desk: Desk) -> list[str]:
    """Return the calendar texts of the outbox, for the host and the parent; reminders have none."""
    with desk.unit_of_work(read_only=True) as work:
        rows = list(work.session.scalars(select(Outbox).where(Outbox.calendar.is_not(None))))
        texts = [work.unseal(row, "calendar") for row in rows]
    assert len(texts) == 2
    return texts


@pytest.mark.parametrize("day", SUNDAYS, ids=map(str, SUNDAYS))
def test_a_sunday_on_which_the_clocks_change_never_has_a_slot(day: date, desk: Desk) -> None:
    now = shortly_before(desk, day)
    begin, end = (to_utc(datetime.combine(day + timedelta(days=n), time(0))) for n in (0, 1))
    offer = offer_slots(now, host_ids=[HOST], windows=[Window(begin, end)])
    assert offer.matching == []
    assert offer.nearest
    assert all(not begin <= slot.starts_at < end for slot in offer.nearest)
