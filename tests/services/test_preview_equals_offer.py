"""What the preview shows before a save is what parents are offered after it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.casework.calendar import to_london, to_utc
from assistant.casework.choice import spread
from assistant.casework.host_hours import DayException
from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.school_shapes import Availability, MeetingRules
from assistant.casework.slots import Slot
from assistant.casework.times import Window
from assistant.services.desk import Desk
from assistant.services.offer_slots import offer_slots
from assistant.services.own_hours import Plan
from assistant.services.preview_times import TimesPreview, preview_times
from assistant.services.remove_exception import remove_exception
from assistant.store.columns import new_id
from tests.services.bookings import HOST, book
from tests.services.hours import add_date, save, view

MANY = 10_000
times = st.builds(time, st.integers(7, 20), st.sampled_from(range(0, 60, 5)))
modes = st.lists(st.sampled_from(list(MeetingMode)), min_size=1, unique=True).map(tuple)
windows = st.builds(Availability, st.just(HOST), st.integers(0, 4), times, times, modes)
near_days = st.dates(date(2026, 11, 24), date(2026, 12, 11))
dates = st.builds(DayException, near_days, times, times, st.booleans(), modes)
rules = st.builds(
    MeetingRules,
    st.just((Role.TEACHER,)),
    st.sampled_from([5, 15, 20, 45, 60]),
    st.sampled_from([0, 5, 20]),
    st.integers(0, 72),
    st.integers(1, 60),
    st.integers(1, 3),
)
plans = st.builds(
    Plan,
    st.lists(windows, max_size=6).map(tuple),
    rules,
    st.lists(dates, max_size=2, unique=True).map(tuple),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans)
def test_the_preview_equals_the_public_times_after_saving(desk: Desk, plan: Plan) -> None:
    book(desk, "a meeting in the way")
    forget_dates(desk)
    preview = preview_times(desk, actor_id=HOST, staff_id=HOST, plan=plan)
    put(desk, plan, preview)
    shown = [slot for each in preview.days for slot in each.slots]
    assert offered(desk, None) == spread(shown, MANY)
    for each in preview.days:
        found = offered(desk, [whole(each.day)])
        assert found == list(each.slots) or (not each.slots and none_on_a_quarter(found))


def put(desk: Desk, plan: Plan, preview: TimesPreview) -> None:
    """Save the plan with its dates, knowing of every meeting that it leaves outside."""
    known = frozenset(each.reference for each in preview.left_outside)
    known |= {book(desk, "a meeting in the way").reference}
    save(desk, plan, key=new_id(), confirmed=known)
    add_date(desk, *plan.dates, key=new_id(), confirmed=known)


def forget_dates(desk: Desk) -> None:
    """Remove the dates of the example before."""
    remove_exception(
        desk,
        actor_id=HOST,
        staff_id=HOST,
        exception_ids=[row_id for row_id, _ in view(desk).dates],
        idempotency_key=new_id(),
        confirmed=frozenset({book(desk, "a meeting in the way").reference}),
    )


def offered(desk: Desk, wishes: list[Window] | None) -> list[Slot]:
    return offer_slots(desk, host_ids=[HOST], windows=wishes, limit=MANY).matching


def whole(day: date) -> Window:
    start = to_utc(datetime.combine(day, time()))
    return Window(start, start + timedelta(hours=24))


def none_on_a_quarter(slots: list[Slot]) -> bool:
    """Other starts are offered only to whoever asks for a window without a quarter-hour start."""
    return all(to_london(slot.starts_at).minute % 15 for slot in slots)
