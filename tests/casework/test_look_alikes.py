"""Names that are written to be taken for somebody else's."""

from __future__ import annotations

import pytest

from assistant.casework.look_alikes import mixes_alphabets, staff_named_like
from assistant.casework.school import load_school

SCHOOL = load_school("primary")


@pytest.mark.parametrize(
    "name",
    [
        "Mrs Ashworth", "mrs  ashworth", "Mrs. Ashworth", "Helen Ashworth", "HELEN ASHWORTH",
        "Mrs \u0410shw\u043erth", "H\u0435l\u0435n Ashworth", "Mrs Ash\u200bworth",
        "\uff2d\uff52\uff53 Ashworth",
    ],
)  # fmt: skip
def test_a_name_that_reads_like_the_heads_is_found(name: str) -> None:
    assert [each.id for each in staff_named_like(SCHOOL, name)] == ["mrs-ashworth"]


@pytest.mark.parametrize("name", ["", " ", "Dana Whitlock", "Ashworth-Smith", "Helen", "\u202e"])
def test_other_names_are_nobodys(name: str) -> None:
    assert staff_named_like(SCHOOL, name) == ()


def test_two_alphabets_in_one_word_are_noticed_and_two_languages_in_a_name_are_not() -> None:
    assert mixes_alphabets("D\u0430na Whitlock")
    assert mixes_alphabets("Whitl\u03bfck")
    assert not mixes_alphabets("Dana \u0412\u0430\u0441\u0438\u043b\u0435\u0432\u0430")
    assert not mixes_alphabets("Se\u00e1n O\u2019Br\u00eda\u0144")
    assert not mixes_alphabets("\u0645\u0631\u064a\u0645 Khan 2")
