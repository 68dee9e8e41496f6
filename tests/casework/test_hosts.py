"""Who is offered, and who never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.hosts import Wish, hosts_for, is_met_through_clerk, may_set_hours
from assistant.casework.kinds import Channel, Role
from assistant.casework.school import School, load_school
from assistant.casework.wall import school_wall

PRIMARY = load_school("primary")
SECONDARY = load_school("secondary")
NOBODY: frozenset[str] = frozenset()

schools = st.sampled_from([PRIMARY, SECONDARY])
wishes = st.builds(
    Wish,
    st.none() | st.sampled_from(Role),
    st.none() | st.sampled_from([person.id for person in PRIMARY.people + SECONDARY.people]),
    st.none() | st.sampled_from(["4B", "4 b", "8A", "12Z", ""]),
    st.none() | st.integers(-1, 13),
)


def names(
    school: School, channel: Channel, wish: Wish, about: frozenset[str] = NOBODY
) -> list[str]:
    wall = school_wall(school, about)
    return [host.person.id for host in hosts_for(school, channel, wish, wall)]


def test_a_class_teacher_comes_first_then_phase_leader_pastoral_lead_and_deputy() -> None:
    found = names(PRIMARY, Channel.STAFF, Wish(class_name="4b"))
    assert found[:4] == ["mr-bennett", "miss-tomlin", "mrs-doyle", "mr-mensah"]


def test_a_tutor_and_the_head_of_year_come_first_in_a_secondary_school() -> None:
    found = names(SECONDARY, Channel.STAFF, Wish(class_name="8A", year=8))
    assert found[:3] == ["mrs-chowdhury", "mr-obi", "mr-hussain"]


def test_with_several_tutors_in_a_year_and_no_class_the_head_of_year_comes_first() -> None:
    assert names(SECONDARY, Channel.STAFF, Wish(year=8))[:2] == ["mr-obi", "mr-hussain"]


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (Wish(year=8), "mrs-doyle"),
        (Wish(role=Role.HEAD_OF_YEAR, year=8), "mrs-doyle"),
        (Wish(role=Role.HEAD_OF_YEAR, year=2), "miss-patel"),
        (Wish(role=Role.TUTOR, class_name="9C"), "mrs-doyle"),
        (Wish(role=Role.TUTOR, year=4), "mr-bennett"),
        (Wish(role=Role.HEAD_OF_DEPARTMENT), "mrs-doyle"),
        (Wish(role=Role.SENCO, class_name="4B"), "mrs-okafor"),
        (Wish(role=Role.TEACHING_ASSISTANT, class_name="4B"), "mr-bennett"),
        (Wish(staff_id="mr-croft", class_name="4B"), "mr-bennett"),
        (Wish(role=Role.OFFICE), "ms-begum"),
        (Wish(role=Role.EXECUTIVE_HEAD), "mrs-ashworth"),
        (Wish(staff_id="miss-kaur", class_name="4B"), "miss-kaur"),
        (Wish(staff_id="nobody-here"), "mrs-doyle"),
    ],
)
def test_a_role_or_year_that_the_primary_lacks_falls_back_to_somebody_near(
    wish: Wish, first: str
) -> None:
    assert names(PRIMARY, Channel.STAFF, wish)[0] == first


def test_a_matter_about_the_teacher_goes_past_the_teacher() -> None:
    found = names(PRIMARY, Channel.STAFF, Wish(class_name="4B"), frozenset({"mr-bennett"}))
    assert found[0] == "miss-tomlin"


def test_a_matter_about_the_head_goes_to_the_chair_through_the_clerk() -> None:
    wall = school_wall(PRIMARY, {"mrs-ashworth"})
    hosts = hosts_for(PRIMARY, Channel.HEADTEACHER, Wish(), wall)
    assert [host.person.id for host in hosts] == ["dr-siddiqui", "mr-thorpe", "ms-whitaker"]
    assert {host.channel for host in hosts} == {Channel.GOVERNORS}
    assert all(host.through_clerk for host in hosts)


def test_a_matter_about_the_heads_husband_does_not_go_to_the_head() -> None:
    found = names(PRIMARY, Channel.HEADTEACHER, Wish(), frozenset({"mr-rigby"}))
    assert found[0] == "dr-siddiqui"


def test_a_matter_about_the_chair_goes_to_the_vice_chair() -> None:
    found = names(PRIMARY, Channel.GOVERNORS, Wish(), frozenset({"dr-siddiqui"}))
    assert found == ["mr-thorpe", "ms-whitaker"]


def test_asking_the_governors_for_a_teacher_still_means_the_chair() -> None:
    assert names(PRIMARY, Channel.GOVERNORS, Wish(staff_id="mrs-doyle"))[0] == "dr-siddiqui"
    assert names(PRIMARY, Channel.GOVERNORS, Wish(staff_id="mrs-yusuf"))[0] == "mrs-yusuf"


def test_when_the_wall_leaves_nobody_the_answer_is_empty() -> None:
    everybody = frozenset(person.id for person in PRIMARY.people)
    assert names(PRIMARY, Channel.GOVERNORS, Wish(), everybody) == []


@given(schools, st.sampled_from(Channel), wishes, st.data())
def test_nobody_behind_the_wall_and_no_assistant_is_ever_offered(
    school: School, channel: Channel, wish: Wish, data: st.DataObject
) -> None:
    about = data.draw(st.frozensets(st.sampled_from([person.id for person in school.people])))
    wall = school_wall(school, about)
    for host in hosts_for(school, channel, wish, wall):
        assert host.person.id not in wall
        assert Role.TEACHING_ASSISTANT not in host.person.roles


@given(schools, wishes)
def test_whatever_a_parent_wishes_for_there_is_somebody(school: School, wish: Wish) -> None:
    for channel in (Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS):
        assert hosts_for(school, channel, wish, NOBODY)


@given(schools, st.data())
def test_hours_are_set_by_whose_they_are_and_for_governors_by_the_clerk_too(
    school: School, data: st.DataObject
) -> None:
    people = st.sampled_from(school.people)
    actor, host = data.draw(people), data.draw(people)
    if may_set_hours(school, actor, host):
        clerks = Role.CLERK in actor.roles and is_met_through_clerk(host)
        assert actor == host or clerks
        assert Role.TEACHING_ASSISTANT not in host.roles
