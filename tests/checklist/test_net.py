"""The reviewed net tells a figure of speech from the same words meant: one pair a line."""

from __future__ import annotations

import pytest

from assistant.casework.lexicon import Lexicon
from assistant.casework.measure_lexicon import DEFAULT_LEXICON

LEXICON = Lexicon.load(DEFAULT_LEXICON)
PAIRS = (
    ("he's hanging around the gate with his mates", "he is hanging from the stair rail"),
    ("she is hanging on until home time for the toilet", "we found him hanging in the garage"),
    ("my daughter's drowning in GCSE revision", "my daughter is drowning in the canal"),
    ("we are choking on paperwork here", "he is choking on a grape and going red"),
    ("she is on fire with her maths this term", "she is on fire, her sleeve caught the bunsen"),
    ("it was an explosion of glitter in there", "there has been an explosion in the lab"),
    ("his dad beats him at chess every night", "his dad beats him every night"),
    ("the teacher ties him up in knots with fractions", "his uncle ties him up in the shed"),
    ("that card touched her heart", "her grandad touched her at the weekend"),
    ("he ran away with the sack race", "my son ran away from school an hour ago"),
    ("she'd jump off a bridge if her mates did", "she is going to jump off the bridge"),
    ("I won't die on this hill about the tie", "I want to die"),
    ("he cut himself shaving for the prom", "he cut himself again last night"),
    ("my dad kicks him out of bed at six", "my dad kicks him when he is late"),
    ("I'll swing for that printer", "I'll swing for that teacher"),
    ("they stabbed us in the back over the club", "someone has stabbed a boy at the bus stop"),
    ("there is no abuse here", "there is abuse, he hits me"),
)


@pytest.mark.parametrize(("figure", "meant"), PAIRS)
def test_a_figure_of_speech_is_not_clear_and_the_same_words_meant_are(
    figure: str, meant: str
) -> None:
    assert not LEXICON.screen(figure).clear
    assert LEXICON.screen(meant).clear


def test_a_beating_long_ago_is_only_possible() -> None:
    screening = LEXICON.screen("my teacher used to hit me when I was a kid")
    assert screening.possible
    assert not screening.clear
