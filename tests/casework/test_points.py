"""Parts come to points: one matter each, with a door that the wall leaves open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.kinds import Role
from assistant.casework.point_doors import NOBODY_READ_IT, PointDoor, door_for, doors_open
from assistant.casework.points import Part, grouped, kept_of, louder, plainly_several, reading_of
from assistant.casework.reading import Reading
from assistant.casework.school import load_school

SHOES = {"doors": {"staff": 0.8}, "topics": {"uniform": 0.9}}
MATHS = {"doors": {"staff": 0.9}, "topics": {"sets_grades": 0.9}}
SILENCE = {"doors": {"headteacher": 0.6}, "topics": {"communication": 0.8}}
NOTHING = {"doors": {"smalltalk": 0.9}, "topics": {"none": 0.95}}

PART = st.builds(
    Part,
    words=st.text(min_size=1, max_size=40),
    reading=st.sampled_from([SHOES, MATHS, SILENCE, NOTHING, {}]),
    opens=st.booleans(),
    alone=st.booleans(),
)


@given(st.lists(PART, max_size=30))
def test_every_part_is_in_exactly_one_point_in_order(parts: list[Part]) -> None:
    points = grouped(parts)
    assert [number for point in points for number in point] == list(range(len(parts)))
    assert all(points)


def test_each_matter_is_a_point_and_talk_stays_with_its_neighbour() -> None:
    parts = [
        Part("Hi there. ", NOTHING, opens=True),
        Part("He was sent home for his shoes. ", SHOES),
        Part("What a joke. ", NOTHING),
        Part("Also the maths is too hard for him. ", MATHS),
        Part("I could scream. ", NOTHING),
        Part("And another thing. ", NOTHING),
        Part("Nobody rang me back all week.", SILENCE),
    ]
    assert grouped(parts) == [[0, 1, 2], [3, 4], [5, 6]]
    assert plainly_several(parts) == 3


def test_the_same_matter_goes_on_in_the_next_message() -> None:
    parts = [Part("Two days for shoes.", SHOES, opens=True), Part("Shoes!", SHOES, opens=True)]
    assert grouped(parts) == [[0, 1]]


def test_a_message_that_nobody_could_read_is_a_point_of_its_own() -> None:
    parts = [
        Part("Two days for shoes.", SHOES, opens=True),
        Part("Something else", opens=True, alone=True),
        Part("Shoes again.", SHOES, opens=True),
    ]
    assert grouped(parts) == [[0], [1], [2]]


def test_the_chat_speaks_of_several_only_where_the_parent_set_them_apart() -> None:
    one = Part("He was sent home for his shoes. ", SHOES, opens=True)
    assert plainly_several([one, Part("Nobody rang me back all week.", SILENCE)]) == 0


def test_what_is_kept_of_a_reading_is_small() -> None:
    reading = Reading(doors={"staff": 0.8123, "policy": 0.01}, topics={"uniform": 0.9})
    assert kept_of(reading)["doors"] == {"staff": 0.81}


def test_a_point_that_nobody_read_goes_to_the_office() -> None:
    opened = doors_open(load_school("primary"), frozenset())
    assert door_for(Reading(), opened, about_head=False) == (PointDoor.OFFICE, NOBODY_READ_IT)


def test_a_matter_about_the_head_never_opens_a_door_under_the_head() -> None:
    school = load_school("primary")
    heads = frozenset(person.id for person in school.with_role(Role.HEADTEACHER))
    opened = doors_open(school, heads)
    assert set(opened) == {PointDoor.GOVERNORS, PointDoor.COMPLAINT, PointDoor.TALK}
    door, _ = door_for(reading_of([Part("", SILENCE)]), opened, about_head=True)
    assert door is PointDoor.GOVERNORS
    assert door_for(Reading(), opened, about_head=True)[0] is PointDoor.GOVERNORS


def test_two_joined_points_tell_what_both_told() -> None:
    both = louder(reading_of([Part("a", SHOES)]), reading_of([Part("b", SILENCE)]))
    assert set(both.topics) == {"uniform", "communication"}
