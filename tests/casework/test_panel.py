"""Who may sit on a panel, and what bars the others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.kinds import Role
from assistant.casework.panel import Bar, panel_for
from assistant.casework.school import load_school
from assistant.casework.wall import school_wall

PRIMARY = load_school("primary")
NOBODY: frozenset[str] = frozenset()
people = st.frozensets(st.sampled_from([person.id for person in PRIMARY.people]), max_size=5)


def bars(*, about: set[str] | None = None, met: set[str] | None = None) -> dict[str, Bar | None]:
    found = panel_for(PRIMARY, about or NOBODY, met or NOBODY, NOBODY)
    return {member.person.id: member.bar for member in found}


def test_every_governor_is_listed_and_nobody_else() -> None:
    assert bars() == dict.fromkeys(["dr-siddiqui", "mr-thorpe", "mrs-yusuf", "mr-reed"])


def test_a_governor_who_met_the_family_is_barred() -> None:
    assert bars(met={"mrs-yusuf"})["mrs-yusuf"] is Bar.MET


def test_the_wall_tells_more_than_a_meeting() -> None:
    assert bars(about={"mr-reed"}, met={"mr-reed"})["mr-reed"] is Bar.WALL


def test_a_governor_who_works_at_the_school_is_best_left_out() -> None:
    teacher = replace(PRIMARY.person("miss-kaur"), roles=(Role.TEACHER, Role.GOVERNOR))
    staff = tuple(teacher if each.id == teacher.id else each for each in PRIMARY.people)
    found = panel_for(replace(PRIMARY, people=staff), NOBODY, NOBODY, NOBODY)
    assert {each.person.id: each.bar for each in found}["miss-kaur"] is Bar.STAFF


@given(people, people, people)
def test_nobody_sits_who_is_close_met_the_family_or_dealt_with_it(
    about: frozenset[str], met: frozenset[str], dealt: frozenset[str]
) -> None:
    barred = school_wall(PRIMARY, about) | met | dealt
    for member in panel_for(PRIMARY, about, met, dealt):
        assert (member.bar is not None) == (member.person.id in barred)
