"""Who may take a meeting over, and whose hours hold it."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.host_hours import Closed, HostHours
from assistant.casework.hosts import is_met_through_clerk
from assistant.casework.kinds import Channel, MeetingMode, Role
from assistant.casework.school import School, load_school
from assistant.casework.school_shapes import Availability
from assistant.casework.taking_over import Handed, covers, may_reassign, takers_for
from assistant.casework.wall import school_wall
from tests.instants import london

PRIMARY = load_school("primary")
SECONDARY = load_school("secondary")
CHANNELS = (Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS, Channel.COMPLAINT)


def ids(school: School, handed: Handed) -> list[str]:
    return [person.id for person in takers_for(school, handed)]


def test_a_class_teachers_meeting_goes_to_the_phase_leader_first_and_to_the_clerk_last() -> None:
    found = ids(PRIMARY, Handed("mr-bennett", Channel.STAFF, through_clerk=False, class_name="4B"))
    assert found[:3] == ["miss-tomlin", "mrs-doyle", "mr-mensah"]
    assert found[-1] == "ms-whitaker"
    assert "mr-croft" not in found
    assert "mr-bennett" not in found


def test_the_heads_meeting_goes_to_the_deputy_and_not_to_the_chair() -> None:
    found = ids(PRIMARY, Handed("mrs-ashworth", Channel.HEADTEACHER, through_clerk=False))
    assert found[0] == "mr-mensah"
    assert "dr-siddiqui" not in found


def test_a_governors_meeting_stays_within_governance() -> None:
    handed = Handed(
        "dr-siddiqui",
        Channel.HEADTEACHER,
        through_clerk=True,
        subjects=frozenset({"mrs-ashworth"}),
    )
    assert ids(PRIMARY, handed) == ["mr-thorpe", "ms-whitaker", "mrs-yusuf", "mr-reed"]


def test_the_meeting_of_somebody_who_left_the_school_file_still_finds_hosts() -> None:
    found = ids(PRIMARY, Handed("somebody-gone", Channel.STAFF, through_clerk=False, year=4))
    assert found[0] == "mr-bennett"


@given(
    st.sampled_from([PRIMARY, SECONDARY]),
    st.sampled_from(CHANNELS),
    st.data(),
)
def test_nobody_behind_the_wall_may_ever_take_it_and_sides_are_kept(
    school: School, channel: Channel, data: st.DataObject
) -> None:
    people = st.sampled_from([person.id for person in school.people])
    subjects = data.draw(st.frozensets(people, max_size=4))
    handed = Handed(data.draw(people), channel, data.draw(st.booleans()), subjects)
    found = takers_for(school, handed)
    assert not {person.id for person in found} & (school_wall(school, subjects) | {handed.host_id})
    for person in found:
        assert Role.TEACHING_ASSISTANT not in person.roles
        governance = is_met_through_clerk(person)
        assert governance if handed.through_clerk else not governance or Role.CLERK in person.roles


@pytest.mark.parametrize(
    ("who", "through_clerk", "about", "may"),
    [
        ("mr-lund", False, "mr-bennett", True),
        ("mr-lund", True, "mr-bennett", False),
        ("mr-lund", False, "mrs-ashworth", False),
        ("ms-whitaker", True, "mrs-ashworth", True),
        ("ms-whitaker", False, "ms-whitaker", False),
        ("mr-mensah", False, "mr-bennett", False),
        ("nobody", False, "mr-bennett", False),
    ],
    ids=["staff", "governors", "shares the inbox", "clerk", "named", "no role", "unknown"],
)
def test_a_business_manager_reassigns_for_staff_and_the_clerk_for_all(
    who: str, about: str, *, through_clerk: bool, may: bool
) -> None:
    handed = Handed("somebody", Channel.STAFF, through_clerk, frozenset({about}))
    assert may_reassign(PRIMARY, who, handed) is may


NINE = london("2026-11-25T09:00")


def hours(*closed: Closed) -> HostHours:
    morning = Availability("mr-b", 2, time(9), time(10), (MeetingMode.PHONE,))
    rules = PRIMARY.rules_for(PRIMARY.person("mr-bennett"))
    return HostHours("mr-b", (morning,), (), closed, rules)


@pytest.mark.parametrize(
    ("start", "minutes", "mode", "fits"),
    [
        (0, 60, MeetingMode.PHONE, True),
        (5, 30, MeetingMode.PHONE, True),
        (0, 65, MeetingMode.PHONE, False),
        (-5, 30, MeetingMode.PHONE, False),
        (0, 30, MeetingMode.IN_PERSON, False),
        (24 * 60, 30, MeetingMode.PHONE, False),
    ],
    ids=["whole", "within", "too long", "too early", "other mode", "other day"],
)
def test_hours_hold_a_meeting_only_whole_and_in_its_mode(
    start: int, minutes: int, mode: MeetingMode, *, fits: bool
) -> None:
    begins = NINE + timedelta(minutes=start)
    assert covers(hours(), begins, begins + timedelta(minutes=minutes), mode) is fits


def test_a_gate_within_the_meeting_makes_it_impossible() -> None:
    shut = hours(Closed(None, time(9, 30), time(9, 35)))
    assert covers(shut, NINE, NINE + timedelta(minutes=30), MeetingMode.PHONE)
    assert not covers(shut, NINE, NINE + timedelta(minutes=35), MeetingMode.PHONE)


def test_a_meeting_over_midnight_is_held_by_nobodys_hours() -> None:
    late = london("2026-11-25T23:50")
    assert not covers(hours(), late, late + timedelta(minutes=20), MeetingMode.PHONE)
