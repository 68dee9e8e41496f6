"""Rows of labelled language, and what is said about wrong ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.brain.language_data import LanguageDataError, act_of, read_file, read_folder

FULL = {
    "text": "He was kept in again.",
    "channel": "staff",
    "also": ["headteacher"],
    "act": "vent",
    "topics": ["isolation"],
    "about": ["teacher"],
    "tried": ["none"],
    "wanted": ["action"],
    "risk": "none",
    "abuse": False,
    "hand": "h1",
}


def write(folder: Path, *rows: object) -> Path:
    path = folder / "some.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("risk", "act", "channel", "expected"),
    [
        ("danger_now", "vent", "emergency", "danger"),
        ("parent_crisis", "vent", "wellbeing", "crisis"),
        ("threat_to_person", "abuse", "moderation", "threat"),
        ("concern", "disclose", "safeguarding", "disclose"),
        ("none", "answer", "service", "inform"),
        ("none", "other", "out_of_scope", "out_of_scope"),
        ("none", "other", "staff", "vent"),
    ],
)
def test_a_label_becomes_an_intent(risk: str, act: str, channel: str, expected: str) -> None:
    assert act_of({**FULL, "risk": risk, "act": act, "channel": channel}) == expected


def test_a_row_with_the_channel_alone_teaches_only_the_doors(tmp_path: Path) -> None:
    (row,) = read_file(write(tmp_path, {"text": "who do i ring", "channel": "staff"}))
    assert (row.act, row.signals, row.hand) == (None, None, "some")


def test_a_text_that_stands_twice_counts_once_with_its_signals(tmp_path: Path) -> None:
    write(tmp_path, FULL, {"text": FULL["text"], "channel": "staff"})
    (row,) = read_folder(tmp_path)
    assert row.act == "vent"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({**FULL, "channel": "head"}, "channel is 'head'"),
        ({"text": "x"}, "'channel' is missing"),
        ({**FULL, "act": "moan"}, "act is 'moan'"),
        ({**FULL, "risk": "some"}, "risk is 'some'"),
        ({**FULL, "topics": ["transitions"]}, "topics is 'transitions'"),
        ({**FULL, "about": ["staff"]}, "about is 'staff'"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, row: object, what: str) -> None:
    path = write(tmp_path, FULL, row)
    with pytest.raises(LanguageDataError, match=r"some\.jsonl, line 2: .*") as problem:
        read_file(path)
    assert what in str(problem.value)
