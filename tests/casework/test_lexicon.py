# ruff: noqa: RUF001 (letters of other alphabets are what is tested)
"""The risk lexicon hears what is openly stated and leaves everyday complaints alone."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.casework.lexicon import Lexicon, LexiconError, RiskKind, Screening
from assistant.casework.measure_lexicon import DEFAULT_LEXICON, main, measure


def listed(text: str) -> list[str]:
    """Read a table whose sentences stand between bars."""
    return [" ".join(sentence.split()) for sentence in text.split("|")]


DATA = Path(__file__).parents[1] / "data"
LEXICON = Lexicon.load(DEFAULT_LEXICON)


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of sentences."""
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


OPEN, EVERYDAY = rows("lexicon_open.jsonl"), rows("lexicon_everyday.jsonl")


@pytest.mark.parametrize("row", OPEN, ids=lambda row: row["text"][:60])
def test_what_is_openly_stated_is_clear(row: dict[str, str]) -> None:
    assert RiskKind(row["kind"]) in LEXICON.screen(row["text"]).clear


@pytest.mark.parametrize("row", EVERYDAY, ids=lambda row: row["text"][:60])
def test_an_everyday_message_is_never_clear(row: dict[str, str]) -> None:
    assert not LEXICON.screen(row["text"]).clear


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(OPEN) >= 150
    assert len(EVERYDAY) >= 200


def test_few_everyday_messages_are_even_possible() -> None:
    possible = sum(bool(LEXICON.screen(row["text"]).possible) for row in EVERYDAY)
    assert possible <= len(EVERYDAY) * 0.15


UNIFORM = "The blazer is £42 and the logo falls off. I have emailed three times. " * 6


@pytest.mark.parametrize(
    "place", ["{0} {1}", "{1} {0}", "{1} {0} {1}", "{1}{0}", "{1}\n\n{0}\n{1}"]
)
def test_a_disclosure_buried_in_a_rant_is_found_wherever_it_stands(place: str) -> None:
    text = place.format("And his stepdad punches him.", UNIFORM)
    assert LEXICON.screen(text).clear == {RiskKind.DISCLOSURE}


@pytest.mark.parametrize(
    "text",
    [
        "MY DAD HITS ME",
        "my d\u200bad hi\u200cts m\ufeffe",
        "ｍｙ ｄａｄ ｈｉｔｓ ｍｅ",
        "my dad h1ts me",
        "my dad hits\u00a0me",
        "my dad hits me!!!!!!",
        "🔴my dad hits me🔴",
        "my dad hittttts me",
        "mу dаd hіts mе",
        "m y  d a d  h i t s  m e",
        "my dad\u202e hits me",
        "my  dad\n hits me",
        "mÿ däd hïts më",
        "My Dad Hits Me.",
        "my grandad toucches me",
    ],
)
def test_tricks_with_letters_hide_nothing(text: str) -> None:
    assert RiskKind.DISCLOSURE in LEXICON.screen(text).clear


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("shes taken an overdoes", RiskKind.DANGER_NOW),
        ("he isnt breating", RiskKind.DANGER_NOW),
        ("I feel sucidal", RiskKind.CRISIS),
        ("my dauhgter was sexualy assulted", RiskKind.DISCLOSURE),
        ("there is a man with a nife at the gate", RiskKind.DANGER_NOW),
        ("theres domestc violence at home", RiskKind.DISCLOSURE),
    ],
)
def test_a_slip_of_the_finger_in_a_key_word_is_forgiven(text: str, kind: RiskKind) -> None:
    assert kind in LEXICON.screen(text).clear


@pytest.mark.parametrize(
    "text",
    listed(
        """
    His teacher said "I'll knock your head off" as a joke to the class | The other lad
    told him “I'm going to stab you” | She told my son I'm going to kill you | a boy said
    he would batter him
    """
    ),
)
def test_a_threat_that_is_only_quoted_is_not_the_writers(text: str) -> None:
    assert RiskKind.THREAT not in LEXICON.screen(text).clear


@pytest.mark.parametrize(
    "text",
    listed(
        """
    Nobody hit her | He did not touch her | no one has hurt him | I don't think his dad
    hits him | She never said her dad hits her
    """
    ),
)
def test_what_is_denied_is_not_clear(text: str) -> None:
    assert not LEXICON.screen(text).clear


@pytest.mark.parametrize(
    "text",
    listed(
        """
    she flinches when her dad comes in | he has bruises and he won't say how | There is
    someone who shouldn't be near her | he's gone very quiet since her boyfriend moved in
    """
    ),
)
def test_an_understated_sign_is_possible(text: str) -> None:
    screening = LEXICON.screen(text)
    assert RiskKind.DISCLOSURE in screening.possible
    assert not screening.clear


def test_names_are_in_order_of_urgency_and_a_doubtful_one_ends_in_a_question_mark() -> None:
    screening = Screening(
        frozenset({RiskKind.DISCLOSURE}), frozenset({RiskKind.THREAT, RiskKind.DANGER_NOW})
    )
    assert screening.names() == ("danger_now?", "disclosure", "threat?")


def test_an_empty_text_is_nothing() -> None:
    assert LEXICON.screen("").names() == ()


@given(st.text(max_size=500))
def test_no_text_makes_the_screening_fail_or_name_a_kind_twice(text: str) -> None:
    screening = LEXICON.screen(text)
    assert not screening.clear & screening.possible


@given(st.sampled_from(OPEN), st.sampled_from(EVERYDAY), st.sampled_from(EVERYDAY))
@settings(max_examples=60)
def test_other_sentences_around_it_never_hide_what_is_stated(
    row: dict[str, str], before: dict[str, str], after: dict[str, str]
) -> None:
    text = f"{before['text']}. {row['text']}. {after['text']}"
    assert RiskKind(row["kind"]) in LEXICON.screen(text).clear


@pytest.mark.parametrize(
    "piece",
    [
        "dad hit her ",
        "he he he ",
        ".",
        "a",
        "a ",
        '"',
        "'",
        "😭",
        "a*",
        "mr. ",
        "not ",
        "i will kill ",
        "\u200b",
        "h i t ",
        "my son was hit by and ",
    ],
)
def test_a_hundred_thousand_characters_of_anything_take_time_in_proportion(piece: str) -> None:
    assert _seconds(piece * (100_000 // len(piece))) < 3


def _seconds(text: str) -> float:
    began = process_time()
    LEXICON.screen(text)
    return process_time() - began


def test_a_broken_phrase_is_named_with_its_file(tmp_path: Path) -> None:
    broken = tmp_path / "mine.toml"
    text = DEFAULT_LEXICON.read_text("utf-8")
    broken.write_text(
        text + '\n[[sign]]\nkind = "crisis"\nsure = true\nsays = ["{nobody} is here"]\n', "utf-8"
    )
    with pytest.raises(LexiconError, match=r"mine\.toml.*“\{nobody\} is here” names a group"):
        Lexicon.load(broken)


def test_the_measure_counts_found_and_false_alarms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages = [
        {"text": "her dad hits her", "risk": "concern"},
        {"text": "where is his coat", "risk": "none"},
    ]
    counts = measure(LEXICON, messages)
    assert (counts["concern"].clear, counts["none"].found) == (1, 0)
    file = tmp_path / "messages.jsonl"
    file.write_text("\n".join(map(json.dumps, messages)), "utf-8")
    assert main([str(file)]) == 0
    assert "100.0%" in capsys.readouterr().out
    assert main([]) != 0
