"""Times on offer, from the database."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy import delete

from assistant.casework.calendar import to_london
from assistant.casework.kinds import MeetingMode
from assistant.casework.times import Window
from assistant.services.desk import Desk
from assistant.services.offer_slots import SlotOffer, offer_slots
from assistant.store.meeting_tables import Availability, AvailabilityException
from tests.instants import london
from tests.services.bookings import HALF_PAST_NINE, HOST, WEDNESDAY_MORNING, book


def window(start: str, end: str) -> Window:
    return Window(london(start), london(end))


def shown(offer: SlotOffer) -> list[str]:
    return [f"{to_london(slot.starts_at):%a %d %H:%M}" for slot in offer.matching or offer.nearest]


def test_without_wishes_the_soonest_times_of_three_days_are_offered(desk: Desk) -> None:
    offer = offer_slots(desk, host_ids=[HOST], windows=None)
    assert shown(offer) == [
        "Tue 24 15:30",
        "Tue 24 16:30",
        "Wed 25 08:00",
        "Wed 25 12:00",
        "Thu 26 08:00",
        "Thu 26 15:30",
    ]


def test_times_in_a_window_match(desk: Desk) -> None:
    offer = offer_slots(desk, host_ids=[HOST], windows=[WEDNESDAY_MORNING], limit=3)
    assert shown(offer) == ["Wed 25 09:00", "Wed 25 10:00", "Wed 25 11:00"]
    assert offer.nearest == []


def test_when_no_time_matches_the_three_nearest_are_offered(desk: Desk) -> None:
    saturday = window("2026-11-28T10:00", "2026-11-28T12:00")
    offer = offer_slots(desk, host_ids=[HOST], windows=[saturday])
    assert offer.matching == []
    assert shown(offer) == ["Fri 27 16:45", "Fri 27 17:00", "Fri 27 17:15"]


def test_a_start_off_the_quarter_hour_is_offered_only_when_asked_for(desk: Desk) -> None:
    ten_past = window("2026-11-25T10:10", "2026-11-25T10:15")
    assert shown(offer_slots(desk, host_ids=[HOST], windows=[ten_past])) == ["Wed 25 10:10"]


def test_a_booked_time_is_not_offered_again(desk: Desk) -> None:
    exact = Window(HALF_PAST_NINE, HALF_PAST_NINE + timedelta(minutes=1))
    assert offer_slots(desk, host_ids=[HOST], windows=[exact]).matching
    book(desk, "key")
    assert not offer_slots(desk, host_ids=[HOST], windows=[exact]).matching


def test_only_times_in_the_wanted_mode_are_offered(desk: Desk) -> None:
    evening = window("2026-11-25T17:30", "2026-11-25T18:30")
    wish = {"host_ids": ["mrs-ashworth"], "windows": [evening]}
    assert offer_slots(desk, mode=MeetingMode.PHONE, **wish).matching  # type: ignore[arg-type]
    assert not offer_slots(desk, mode=MeetingMode.IN_PERSON, **wish).matching  # type: ignore[arg-type]


def test_a_host_behind_the_wall_has_no_times(desk: Desk) -> None:
    about = frozenset({"mr-rigby"})
    offer = offer_slots(desk, host_ids=["mrs-ashworth"], windows=None, subjects=about)
    assert offer == SlotOffer()


def test_staff_are_not_offered_during_a_staff_session_but_governors_are(desk: Desk) -> None:
    session = window("2026-12-09T15:30", "2026-12-09T17:30")
    assert not offer_slots(desk, host_ids=[HOST], windows=[session]).matching
    late = window("2026-12-09T17:00", "2026-12-09T18:00")
    assert offer_slots(desk, host_ids=["dr-siddiqui"], windows=[late]).matching


def test_an_exception_takes_a_day_away_and_gives_another(desk: Desk) -> None:
    wednesday, tuesday = date(2026, 11, 25), date(2026, 12, 1)
    with desk.unit_of_work() as work:
        for day, free in ((wednesday, False), (tuesday, True)):
            change = AvailabilityException(
                staff_id=HOST,
                on=day,
                starts=time(9),
                ends=time(12),
                free=free,
                modes=["phone"],
            )
            work.session.add(change)
        work.commit(unrecorded="a test's own rows")
    morning = window("2026-12-01T09:00", "2026-12-01T12:00")
    extra = offer_slots(desk, host_ids=[HOST], windows=[morning])
    assert {slot.modes for slot in extra.matching} == {(MeetingMode.PHONE,)}
    assert not offer_slots(desk, host_ids=[HOST], windows=[WEDNESDAY_MORNING]).matching


def test_a_host_without_any_hours_has_an_empty_offer(desk: Desk) -> None:
    with desk.unit_of_work() as work:
        work.session.execute(delete(Availability))
        work.commit(unrecorded="a test's own rows")
    assert offer_slots(desk, host_ids=[HOST], windows=None) == SlotOffer()
    assert offer_slots(desk, host_ids=[HOST], windows=[WEDNESDAY_MORNING]) == SlotOffer()


def test_of_several_hosts_the_first_comes_first_at_the_same_time(desk: Desk) -> None:
    offer = offer_slots(desk, host_ids=["mrs-doyle", HOST], windows=[WEDNESDAY_MORNING], limit=2)
    assert offer.matching[0].host_id == "mrs-doyle"
