"""Hours that people set for themselves, on both databases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import event, select

from assistant.casework.kinds import Channel, MeetingMode
from assistant.services.availability_errors import ChangedMeanwhile, MeetingsLeftOutside
from assistant.services.desk import Desk
from assistant.services.diaries import hours_of
from assistant.services.errors import NotHere
from assistant.services.list_availability import list_availability
from assistant.services.meeting_errors import SlotTaken
from assistant.services.own_hours import Plan
from assistant.services.preview_times import preview_times
from assistant.services.remove_exception import remove_exception
from assistant.services.view_availability import view_availability
from assistant.services.view_meeting import view_meeting
from assistant.store.meeting_tables import AvailabilityException, Cell, HostTerms
from assistant.store.seed import seed_school
from tests.databases import AT_LENGTH_ON_BOTH
from tests.services.bookings import HALF_PAST_NINE, HOST, book, count, free_on_wednesday
from tests.services.hours import (
    FREE_8_DECEMBER,
    NOT_FREE_WEDNESDAY,
    WEDNESDAY,
    add_date,
    on_weekday,
    plan_with,
    plan_without,
    save,
    view,
)

pytestmark = AT_LENGTH_ON_BOTH

CHAIR, CLERK, COLLEAGUE = "dr-siddiqui", "ms-whitaker", "miss-kaur"


def test_until_somebody_sets_them_hours_are_those_of_the_school_file(desk: Desk) -> None:
    mine = view(desk)
    assert set(mine.hours.pattern) == {
        each for each in desk.school.availability if each.staff_id == HOST
    }
    assert mine.hours.rules == mine.school_rules
    assert mine.dates == ()


def test_what_is_saved_is_what_is_shown_and_what_parents_are_offered(desk: Desk) -> None:
    before = view(desk).version
    save(desk, plan_without(desk, 2))
    mine = view(desk)
    assert {row.weekday for row in mine.hours.pattern} == {0, 1, 3, 4}
    assert mine.version != before
    assert free_on_wednesday(desk) == []


def test_seeding_again_leaves_the_hours_that_somebody_set_and_fills_the_others(desk: Desk) -> None:
    save(desk, plan_without(desk, 2))
    saved = view(desk).hours
    seed_school(desk.unit_of_work, desk.school)
    assert view(desk).hours == saved
    others = view(desk, COLLEAGUE, COLLEAGUE).hours
    assert {row.weekday for row in others.pattern} == {0, 1, 2, 3, 4}


def test_only_numbers_that_differ_from_the_schools_are_kept(desk: Desk) -> None:
    save(desk, plan_with(desk, minutes=20))
    with desk.unit_of_work(read_only=True) as work:
        terms = work.session.get_one(HostTerms, HOST)
    assert (terms.minutes, terms.buffer_minutes, terms.daily_cap) == (20, None, None)
    assert view(desk).hours.rules == replace(view(desk).school_rules, minutes=20)


def test_a_booking_keeps_the_hosts_own_length_and_buffer_free(desk: Desk) -> None:
    save(desk, plan_with(desk, minutes=20, buffer_minutes=10))
    receipt = book(desk, "own terms", mode=MeetingMode.PHONE)
    assert receipt.ends_at - receipt.starts_at == timedelta(minutes=20)
    assert count(desk, Cell) == 6
    assert HALF_PAST_NINE + timedelta(minutes=15) not in free_on_wednesday(desk)
    assert HALF_PAST_NINE + timedelta(minutes=30) in free_on_wednesday(desk)


def queries_for(desk: Desk, host_ids: list[str]) -> int:
    statements: list[str] = []
    with desk.unit_of_work(read_only=True) as work:
        event.listen(
            work.session.get_bind(),
            "before_cursor_execute",
            lambda *arguments: statements.append(arguments[2]),
        )
        hours_of(desk, work.session, host_ids)
    return sum(each.startswith("SELECT") for each in statements)


def test_reading_hours_costs_the_same_queries_for_one_host_and_for_all(desk: Desk) -> None:
    save(desk, plan_with(desk, minutes=20))
    hosts = sorted({each.staff_id for each in desk.school.availability})
    assert queries_for(desk, [HOST]) == queries_for(desk, hosts) == 3


def test_a_save_over_hours_that_changed_meanwhile_is_refused(desk: Desk) -> None:
    old = view(desk).version
    save(desk, plan_without(desk, 2))
    saved = view(desk).hours
    with pytest.raises(ChangedMeanwhile):
        save(desk, plan_with(desk, minutes=30), key="late", version=old)
    assert view(desk).hours == saved


def test_the_same_save_sent_twice_counts_once(desk: Desk) -> None:
    plan, version = plan_without(desk, 2), view(desk).version
    save(desk, plan, version=version)
    save(desk, plan_with(desk), key="back", version=view(desk).version)
    save(desk, plan, version=version)
    assert {row.weekday for row in view(desk).hours.pattern} == {0, 1, 3, 4}
    with desk.unit_of_work(read_only=True) as work:
        events = work.events_of("staff", HOST)
    assert [each.kind for each in events] == ["availability.saved", "availability.saved"]
    assert events[0].actor == HOST


@pytest.mark.parametrize(
    ("actor", "host"),
    [
        (COLLEAGUE, HOST),
        ("mrs-ashworth", HOST),
        (CLERK, HOST),
        (HOST, CHAIR),
        (CHAIR, "mr-thorpe"),
        (HOST, "nobody"),
        ("nobody", HOST),
        ("mr-croft", "mr-croft"),
        (CLERK, "ms-nair"),
    ],
)
def test_nobody_sees_or_changes_hours_that_are_not_theirs_to_set(
    desk: Desk, actor: str, host: str
) -> None:
    plan = plan_without(desk, 2)
    who = {"actor_id": actor, "staff_id": host}
    for attempt in (
        lambda: view_availability(desk, **who),
        lambda: preview_times(desk, plan=plan, **who),
        lambda: save(desk, plan, actor=actor, host=host, version=view(desk).version),
        lambda: remove_exception(desk, exception_ids=["x"], idempotency_key="r", **who),
    ):
        with pytest.raises(NotHere):
            attempt()
    assert {row.weekday for row in view(desk).hours.pattern} == {0, 1, 2, 3, 4}


def test_the_clerk_sets_the_hours_of_governors_and_the_list_names_them(desk: Desk) -> None:
    lines = list_availability(desk, actor_id=CLERK)
    assert [line.staff_id for line in lines] == [
        CLERK,
        CHAIR,
        "mr-thorpe",
        "mrs-yusuf",
        "mr-reed",
    ]
    assert all(line.first_free for line in lines)
    save(desk, Plan((), view(desk, CLERK, CHAIR).hours.rules), actor=CLERK, host=CHAIR)
    chair = list_availability(desk, actor_id=CLERK)[1]
    assert chair.first_free is None
    assert [line.staff_id for line in list_availability(desk, actor_id=HOST)] == [HOST]
    assert list_availability(desk, actor_id="mr-croft") == ()


def test_meetings_are_named_before_a_change_leaves_them_outside_and_stay_booked(desk: Desk) -> None:
    booked = book(desk, "key")
    plan = plan_without(desk, 2)
    preview = preview_times(desk, actor_id=HOST, staff_id=HOST, plan=plan)
    assert [each.reference for each in preview.left_outside] == [booked.reference]
    with pytest.raises(MeetingsLeftOutside) as refusal:
        save(desk, plan)
    assert refusal.value.meetings == preview.left_outside
    assert {row.weekday for row in view(desk).hours.pattern} == {0, 1, 2, 3, 4}
    save(desk, plan, confirmed=frozenset({booked.reference}))
    assert free_on_wednesday(desk) == []
    assert view_meeting(desk, HOST, booked.reference).row.status == "booked"
    with desk.unit_of_work(read_only=True) as work:
        (saved,) = work.events_of("staff", HOST)
    assert saved.details["left_outside"] == [booked.reference]


def test_a_confirmation_does_not_cover_a_meeting_that_was_booked_after_it(desk: Desk) -> None:
    first = book(desk, "first")
    plan = plan_without(desk, 2)
    second = book(desk, "second", HALF_PAST_NINE + timedelta(hours=1))
    with pytest.raises(MeetingsLeftOutside) as refusal:
        save(desk, plan, confirmed=frozenset({first.reference}))
    named = {each.reference for each in refusal.value.meetings}
    assert named == {first.reference, second.reference}


def test_the_clerk_is_not_told_of_a_governors_meeting_that_is_about_the_clerk(desk: Desk) -> None:
    rules = view(desk, CHAIR, CHAIR).hours.rules
    starts_at = HALF_PAST_NINE.replace(hour=18)
    hidden = book(
        desk,
        "hidden",
        starts_at,
        host_id=CHAIR,
        channel=Channel.GOVERNORS,
        subjects=frozenset({CLERK}),
    )
    nothing = Plan((), rules)
    seen = {
        actor: preview_times(desk, actor_id=actor, staff_id=CHAIR, plan=nothing).left_outside
        for actor in (CLERK, CHAIR)
    }
    assert seen[CLERK] == ()
    assert [each.reference for each in seen[CHAIR]] == [hidden.reference]
    save(desk, nothing, actor=CLERK, host=CHAIR)
    assert view_meeting(desk, CHAIR, hidden.reference).row.status == "booked"


def test_no_tuesdays_except_one(desk: Desk) -> None:
    save(desk, plan_without(desk, 1))
    add_date(desk, FREE_8_DECEMBER)
    days = preview_times(desk, actor_id=HOST, staff_id=HOST, plan=plan_with(desk)).days
    tuesdays = {each.day: len(each.slots) for each in days if each.day.weekday() == 1}
    assert tuesdays[date(2026, 12, 8)] == 6
    assert sum(tuesdays.values()) == 6


def test_a_blocked_day_names_its_meetings_first_and_the_same_date_is_added_once(desk: Desk) -> None:
    booked = book(desk, "key")
    with pytest.raises(MeetingsLeftOutside):
        add_date(desk, NOT_FREE_WEDNESDAY)
    assert view(desk).dates == ()
    for key in ("one", "two", "two"):
        add_date(desk, NOT_FREE_WEDNESDAY, key=key, confirmed=frozenset({booked.reference}))
    assert [change for _, change in view(desk).dates] == [NOT_FREE_WEDNESDAY]
    assert free_on_wednesday(desk) == []


def test_a_date_is_removed_once_and_only_by_whose_it_is(desk: Desk) -> None:
    add_date(desk, NOT_FREE_WEDNESDAY)
    ((row_id, _),) = view(desk).dates
    who = {"idempotency_key": "r", "exception_ids": [row_id]}
    remove_exception(desk, actor_id=COLLEAGUE, staff_id=COLLEAGUE, **who)  # type: ignore[arg-type]
    assert len(view(desk).dates) == 1
    for _ in range(2):
        remove_exception(desk, actor_id=HOST, staff_id=HOST, **who)  # type: ignore[arg-type]
    assert view(desk).dates == ()
    assert free_on_wednesday(desk)


def test_taking_an_extra_day_back_names_the_meeting_that_was_booked_on_it(desk: Desk) -> None:
    save(desk, plan_without(desk, 2))
    add_date(desk, NOT_FREE_WEDNESDAY._replace(start=time(9), end=time(12), free=True, modes=()))
    free = NOT_FREE_WEDNESDAY._replace(
        start=time(9), end=time(12), free=True, modes=view(desk).hours.pattern[0].modes
    )
    add_date(desk, free, key="free")
    booked = book(desk, "on the extra day")
    row_id = next(each for each, change in view(desk).dates if change == free)
    with pytest.raises(MeetingsLeftOutside) as refusal:
        remove_exception(
            desk, actor_id=HOST, staff_id=HOST, exception_ids=[row_id], idempotency_key="r"
        )
    assert [each.reference for each in refusal.value.meetings] == [booked.reference]


def test_dates_of_the_past_are_not_shown(desk: Desk) -> None:
    with desk.unit_of_work() as work:
        old = AvailabilityException(staff_id=HOST, on=WEDNESDAY - timedelta(days=30))
        old.starts, old.ends, old.free, old.modes = time(9), time(10), False, []
        work.session.add(old)
        work.commit(unrecorded="a test's own rows")
    assert view(desk).dates == ()


def test_blocking_a_day_and_booking_it_at_the_same_time_never_forgets_the_meeting(
    desk: Desk,
) -> None:
    """Either the block comes first and the time has gone, or the meeting is named."""
    start, told = threading.Barrier(2), []

    def block() -> None:
        start.wait()
        try:
            add_date(desk, NOT_FREE_WEDNESDAY)
        except MeetingsLeftOutside as refusal:
            told.append([each.reference for each in refusal.meetings])
        else:
            told.append("blocked")

    def take() -> None:
        start.wait()
        try:
            told.append([book(desk, "racing").reference])
        except SlotTaken:
            told.append("taken")

    threads = [threading.Thread(target=each) for each in (block, take)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, told)) == ["blocked", "taken"] or told[0] == told[1]
    with desk.unit_of_work(read_only=True) as work:
        blocked = work.session.scalars(select(AvailabilityException)).all()
    assert bool(blocked) == ("blocked" in told)


def test_a_day_on_which_nothing_is_left_is_shown_with_no_times(desk: Desk) -> None:
    plan = Plan((on_weekday(0, time(9), time(10)),), view(desk).hours.rules)
    preview = preview_times(desk, actor_id=HOST, staff_id=HOST, plan=plan)
    assert {each.day.weekday() for each in preview.days if each.slots} == {0}
    assert {each.day.weekday() for each in preview.days} == {0, 1, 2, 3, 4}
    assert preview.count == sum(len(each.slots) for each in preview.days) > 0
