"""Who a talk is about is asked first, and whoever it is about is offered nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.services.desk import Desk
from assistant.services.draft_answers import Answers
from assistant.services.draft_people import hosts_for_draft, subjects_of, unsettled_names
from assistant.services.shapes import Child
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE

TEACHER = "mr-bennett"
HEAD = "mrs-ashworth"
IN_4B = Answers(about="nobody", child=Child(year=4, class_name="4B"))


def offered(desk: Desk, answers: Answers) -> list[str]:
    return [host.staff_id for host in hosts_for_draft(desk, answers)]


def test_the_class_teacher_comes_first_and_nobody_twice(desk: Desk) -> None:
    found = offered(desk, IN_4B)
    assert found[0] == TEACHER
    assert len(found) == len(set(found))
    assert HEAD in found


@pytest.mark.parametrize("named", ["Mr Bennett", "bennett", "Mr Benett", "MR BENNETT "])
def test_a_member_of_staff_who_is_named_is_not_offered(desk: Desk, named: str) -> None:
    answers = replace(IN_4B, about="staff", named=named.strip())
    assert subjects_of(desk, answers) == {TEACHER}
    assert TEACHER not in offered(desk, answers)
    assert len(offered(desk, answers)) > 1


@pytest.mark.parametrize("named", ["", "the dinner lady", "Mr Zzyzx", "🙂", "علي"])
def test_somebody_unknown_leaves_the_head_alone(desk: Desk, named: str) -> None:
    assert offered(desk, replace(IN_4B, about="staff", named=named)) == [HEAD]


def test_what_is_about_the_head_is_offered_to_the_chair_first(desk: Desk) -> None:
    found = hosts_for_draft(desk, replace(IN_4B, about="head"))
    assert found[0].staff_id == "dr-siddiqui"
    assert all(host.through_clerk for host in found)
    assert HEAD not in {host.staff_id for host in found}


def test_a_name_in_the_words_is_asked_about_and_closed_until_then(desk: Desk) -> None:
    answers = replace(IN_4B, matter="Mr Bennett shouted at her in front of everybody")
    assert unsettled_names(desk, answers) == {TEACHER}
    assert TEACHER not in offered(desk, answers)


def test_a_name_that_it_is_not_about_is_open_again(desk: Desk) -> None:
    answers = replace(IN_4B, matter="Mr Bennett says she reads well", spared=(TEACHER,))
    assert unsettled_names(desk, answers) == frozenset()
    assert offered(desk, answers)[0] == TEACHER


def test_a_name_that_it_is_about_stays_closed_and_is_asked_once(desk: Desk) -> None:
    answers = replace(IN_4B, note="Mr Bennett shouted at her", meant=(TEACHER,))
    assert unsettled_names(desk, answers) == frozenset()
    assert TEACHER not in offered(desk, answers)


def test_whom_the_parent_chose_as_the_matter_no_words_set_free(desk: Desk) -> None:
    answers = replace(IN_4B, about="staff", named="Mr Bennett", spared=(TEACHER,))
    assert TEACHER not in offered(desk, answers)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("the headteacher laughed at me", {HEAD}),
        ("I told the headteacher and nothing happened", set()),
        ("I would like to talk to Mr Bennett about her reading", set()),
    ],
)
def test_the_head_is_asked_about_unless_just_spoken_to(
    desk: Desk, words: str, asked: set[str]
) -> None:
    assert unsettled_names(desk, replace(IN_4B, matter=words)) == asked


def test_twenty_thousand_characters_of_names_are_read_in_a_moment(desk: Desk) -> None:
    answers = replace(IN_4B, note="Mr Bennett and the head " * 830)
    assert unsettled_names(desk, answers) == {TEACHER, HEAD}
