"""The wall, as properties and in the demonstration schools."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.kinds import Role
from assistant.casework.school import load_school
from assistant.casework.school_shapes import Relationship
from assistant.casework.wall import school_wall, walled_off

ids = st.sampled_from("abcdefgh")
groups = st.frozensets(ids, max_size=4)
ties = st.lists(st.builds(Relationship, ids, ids, st.just("married")), max_size=5)
mailboxes = st.dictionaries(st.sampled_from(["head", "office", "trust"]), groups)


@given(groups, ties, mailboxes)
def test_the_person_their_relatives_and_their_mailbox_are_behind_the_wall(
    subjects: frozenset[str], relationships: list[Relationship], inboxes: dict[str, frozenset[str]]
) -> None:
    wall = walled_off(subjects, relationships, inboxes)
    assert subjects <= wall
    for tie in relationships:
        assert (tie.a in subjects) <= (tie.b in wall)
        assert (tie.b in subjects) <= (tie.a in wall)
    for readers in inboxes.values():
        assert not readers & subjects or readers <= wall


@given(ties, mailboxes)
def test_without_a_subject_nobody_is_behind_the_wall(
    relationships: list[Relationship], inboxes: dict[str, frozenset[str]]
) -> None:
    assert walled_off(frozenset(), relationships, inboxes) == frozenset()


@given(groups, groups, ties, mailboxes)
def test_naming_one_more_person_never_lowers_the_wall(
    some: frozenset[str],
    more: frozenset[str],
    relationships: list[Relationship],
    inboxes: dict[str, frozenset[str]],
) -> None:
    small = walled_off(some, relationships, inboxes)
    assert small <= walled_off(some | more, relationships, inboxes)


def test_a_matter_about_the_head_is_closed_to_spouse_assistant_and_business_manager() -> None:
    wall = school_wall(load_school("primary"), {"mrs-ashworth"})
    assert wall == {"mrs-ashworth", "mr-rigby", "mrs-pickering", "mr-lund"}


def test_a_matter_about_the_heads_husband_is_closed_to_the_head() -> None:
    assert "mrs-ashworth" in school_wall(load_school("primary"), {"mr-rigby"})


def test_a_heads_assistant_is_behind_the_heads_wall_even_with_a_mailbox_of_her_own() -> None:
    school = load_school("secondary")
    head = school.with_role(Role.HEADTEACHER)[0]
    assistant = school.with_role(Role.HEADS_PA)[0]
    assert assistant.id in school_wall(school, {head.id})
