"""Masks: where they lie, what a person's rulings do to them, and that nothing hidden is left."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.masking import (
    Mask,
    Ruling,
    RulingKind,
    after_rulings,
    is_withheld,
    merged,
    segments,
    spans_of,
    what_is_left,
)
from assistant.casework.second_looks import second_looks

TEXT = "Tyler hit Finn, and Tyler laughed."
TYLER = (Mask(0, 5, "another child"), Mask(20, 25, "another child"))

spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


@given(st.text(max_size=40), st.lists(spans, max_size=6))
def test_segments_are_the_text_and_nothing_hidden_is_left(
    text: str, found: list[list[int]]
) -> None:
    clipped = ((start, min(end, len(text))) for start, end in found)
    masks = merged(Mask(start, end, "x") for start, end in clipped if start < end)
    parts = segments(text, masks)
    assert "".join(part.words for part in parts) == text
    covered = {place for mask in masks for place in range(mask.start, mask.end)}
    shown = "".join(each for place, each in enumerate(text) if place not in covered)
    assert "".join(part.words for part in parts if not part.label) == shown
    assert all(one.end <= other.start for one, other in pairwise(masks))


def test_what_is_left_says_what_stood_there() -> None:
    left = what_is_left(segments(TEXT, TYLER))
    assert left == "[another child] hit Finn, and [another child] laughed."


def test_the_last_ruling_on_a_word_counts() -> None:
    show = Ruling(RulingKind.SHOW, phrase="TYLER")
    hide = Ruling(RulingKind.HIDE, phrase="tyler")
    assert after_rulings(TEXT, TYLER, [show]) == ()
    again = after_rulings(TEXT, TYLER, [show, hide])
    assert [(each.start, each.end) for each in again] == [(0, 5), (20, 25)]


def test_words_are_hidden_whole_whatever_their_spaces_and_signs() -> None:
    assert spans_of("Ann rang. Annabel did not.", "ann") == [(0, 3)]
    assert spans_of("the lad\nnext  door", "lad next door") == [(4, 18)]
    assert spans_of("a (b) c", "(b)") == [(2, 5)]
    assert spans_of("anything", "  ") == []


def test_a_passage_is_held_back_until_the_last_word_is_to_let_it_be_read() -> None:
    hold, release = Ruling(RulingKind.WITHHOLD, "p"), Ruling(RulingKind.RELEASE, "p")
    assert is_withheld([], at_first=True)
    assert not is_withheld([release], at_first=True)
    assert is_withheld([release, hold], at_first=False)


def test_what_was_decided_about_staff_or_may_harm_somebody_is_looked_at_twice() -> None:
    assert "member of staff" in second_looks("She was given a written warning.")[0]
    assert len(second_looks("He has bruises; the solicitor said so in confidence.")) == 3
    assert second_looks("He was kept in over his shoes.") == ()
