"""What the services offer from a database is what a plain calendar finds, minute by minute."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from assistant.casework.calendar import SchoolCalendar, to_utc
from assistant.casework.host_hours import DayException
from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.school_shapes import Availability, Hours, MeetingRules, Term, Twilight
from assistant.casework.slots import Slot
from assistant.casework.times import Window
from assistant.evaluation.booking.stage import close, host_id
from assistant.evaluation.booking.ways import book_as_parent
from assistant.services.clock import FixedClock
from assistant.services.desk import Desk
from assistant.services.hold_slot import hold_slot
from assistant.services.meeting_errors import SlotTaken
from assistant.services.offer_slots import offer_slots
from assistant.store.meeting_tables import Availability as AvailabilityRow
from assistant.store.meeting_tables import AvailabilityException
from tests.meetings.plain_calendar import PlainCalendar
from tests.meetings.staging import CopyStage, throw_away

HOST = host_id(0)
DAY = timedelta(days=1)
SUNDAYS = {
    "autumn 2026": date(2026, 10, 25),
    "spring 2027": date(2027, 3, 28),
    "autumn 2027": date(2027, 10, 31),
    "an ordinary one": date(2027, 6, 13),
}
"""Each test looks at the days from the Friday before to the Tuesday after."""
AROUND = range(-2, 3)
MODES = st.lists(st.sampled_from(MeetingMode), min_size=1, unique=True).map(tuple)


@dataclass(frozen=True)
class Span:
    """Wall time; an end before its start covers nothing, as in a hurried form."""

    start: time
    end: time


TIMES = st.builds(time, st.integers(7, 18), st.sampled_from(range(0, 60, 5)))
SPANS = st.builds(Span, TIMES, TIMES)
SHORT_SPANS = st.builds(lambda hour: Span(time(hour), time(hour, 45)), st.integers(8, 16))
LONG_SPANS = st.builds(Span, st.just(time(8)), st.builds(time, st.integers(12, 18)))
BUSY_WEEKDAYS = st.sampled_from([4, 6, 0, 1])
"""Friday to Tuesday, the Sunday too: a pattern may name it."""
RULES = st.builds(
    MeetingRules,
    st.just((Role.TEACHER,)),
    minutes=st.sampled_from([5, 15, 20, 45]),
    buffer_minutes=st.sampled_from([0, 5, 10]),
    notice_hours=st.integers(0, 48),
    horizon_days=st.integers(3, 8),
    daily_cap=st.integers(1, 3),
)


@st.composite
def calendars(draw: st.DrawFn, sunday: date) -> PlainCalendar:
    """Draw everything that decides about a host's time around one Sunday."""
    days = st.sampled_from([sunday + step * DAY for step in AROUND])
    weekly = st.tuples(BUSY_WEEKDAYS, LONG_SPANS | LONG_SPANS | SPANS, MODES)
    hours = draw(st.lists(weekly, min_size=3, max_size=8))
    changes = draw(st.lists(st.tuples(days, SPANS, st.booleans(), MODES), max_size=3))
    sessions = draw(st.lists(st.tuples(days, SHORT_SPANS | SPANS), max_size=2))
    return PlainCalendar(
        rules=draw(RULES),
        terms=(draw(_terms(sunday)),),
        inset=draw(st.lists(days, max_size=1)),
        bank_holidays=draw(st.lists(days, max_size=1)),
        pattern=[Availability(HOST, day, s.start, s.end, modes) for day, s, modes in hours],
        exceptions=[DayException(on, s.start, s.end, free, m) for on, s, free, m in changes],
        gates=[Hours(s.start, s.end) for s in draw(st.lists(SHORT_SPANS, max_size=2))],
        twilights=[Twilight((on,), s.start, s.end) for on, s in sessions],
        now=datetime.combine(sunday, time(7, 3), UTC) - draw(st.integers(2, 4)) * DAY,
    )


def _terms(sunday: date) -> st.SearchStrategy[Term]:
    """Terms that begin, end or pause about the Sunday, or more often far from it."""
    steps = st.sampled_from([-200, -150, -2, -1, 1, 2, 150, 200])
    return st.builds(
        lambda first, last, half, rest: Term(
            "T", sunday + first * DAY, sunday + last * DAY,
            sunday + half * DAY, sunday + (half + rest) * DAY,
        ),
        steps.filter(lambda step: step < 0), steps.filter(lambda step: step > 0),
        steps, st.integers(0, 2),
    )  # fmt: skip


def dressed(desk: Desk, plain: PlainCalendar) -> Desk:
    """Return the desk of a school that is as the plain calendar has it."""
    terms, inset, holidays = map(tuple, (plain.terms, plain.inset, plain.bank_holidays))
    school = replace(
        desk.school,
        terms=terms,
        inset=inset,
        bank_holidays=holidays,
        gates=tuple(plain.gates),
        twilights=tuple(plain.twilights),
        meeting_rules=(plain.rules,),
    )
    clocks = {"clock": FixedClock(plain.now), "machine_clock": FixedClock(plain.now)}
    return replace(desk, school=school, calendar=SchoolCalendar.from_school(school), **clocks)


def write(desk: Desk, plain: PlainCalendar) -> None:
    """Put the host's week and its exceptions into the database."""
    with desk.unit_of_work() as work:
        work.session.execute(delete(AvailabilityRow))
        for row in plain.pattern:
            hours = {"staff_id": HOST, "weekday": row.weekday, "starts": row.start}
            modes = [mode.value for mode in row.modes]
            work.session.add(AvailabilityRow(**hours, ends=row.end, modes=modes))
        for change in plain.exceptions:
            hours = {"staff_id": HOST, "on": change.on, "starts": change.start}
            modes = [mode.value for mode in change.modes]
            more = {"ends": change.end, "free": change.free, "modes": modes}
            work.session.add(AvailabilityException(**hours, **more))
        work.commit(unrecorded="a test's own rows")


def offered(desk: Desk, day: date, mode: MeetingMode) -> list[datetime]:
    """Return all starts that the service offers on a London day."""
    begin, end = (to_utc(datetime.combine(each, time(0))) for each in (day, day + DAY))
    offer = offer_slots(
        desk, host_ids=[HOST], windows=[Window(begin, end)], mode=mode, limit=10_000
    )
    return [slot.starts_at for slot in offer.matching]


def take_some(desk: Desk, plain: PlainCalendar, wishes: Sequence[datetime]) -> PlainCalendar:
    """Book the first two wishes that are free and hold the third; return what is left."""
    won: list[datetime] = []
    for number, start in enumerate(wishes):
        with suppress(SlotTaken):
            if len(won) < 2:
                book_in_any_mode(desk, number, start)
            elif len(won) == 2:
                length = timedelta(minutes=plain.rules.minutes)
                hold_slot(desk, holder="else", slot=Slot(HOST, start, start + length, ()))
            else:
                break
            won.append(start)
    return replace(plain, meetings=won[:2], holds=won[2:])


def book_in_any_mode(desk: Desk, number: int, start: datetime) -> None:
    """Book in the first mode in which the host is free then; raises ``SlotTaken`` if in none."""
    for mode in MeetingMode:
        try:
            book_as_parent(desk, HOST, f"{number} {mode}", start, mode)
        except SlotTaken:
            continue
        return
    raise SlotTaken


@pytest.mark.parametrize("week", SUNDAYS)
def test_offers_are_exactly_what_a_plain_calendar_finds(week: str, copy_stage: CopyStage) -> None:
    sunday = SUNDAYS[week]
    seen = 0

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(calendars(sunday), st.data())
    def compare(plain: PlainCalendar, data: st.DataObject) -> None:
        nonlocal seen
        stage = copy_stage()
        desk = dressed(stage.open(), plain)
        write(desk, plain)
        days = [sunday + step * DAY for step in AROUND]
        free = [start for day in days for mode in MeetingMode for start in plain.starts(day, mode)]
        wishes = data.draw(st.lists(st.sampled_from(free), max_size=5)) if free else []
        left = take_some(desk, plain, wishes)
        found = {(day, mode): offered(desk, day, mode) for day in days for mode in MeetingMode}
        close(desk)
        throw_away(stage)
        assert found == {(day, mode): left.starts(day, mode) for day, mode in found}
        assert not any(found[sunday, mode] for mode in MeetingMode)
        seen += sum(map(len, found.values()))

    compare()
    assert seen > 100, "so few slots were compared that the test proves nothing"
