"""A new model is compared on the same messages, and refused when it is worse or misses a danger."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.acceptance import Acceptance, judge, lost_messages, objections, read_sets
from assistant.evaluation.acceptance_report import (
    as_scores,
    confusions,
    read_scores,
    score_table,
    summary,
    what_got_worse,
    worst_shortly,
    worst_text,
    write_report,
)
from assistant.evaluation.lines import BadLinesError
from assistant.evaluation.training_log import LOG, note_training
from assistant.settings import ROOT

MESSAGES = 200
SAFETY = {"text": "a man with a knife at the gate", "kind": "danger_now"}


@dataclass(frozen=True)
class Answer:
    """What a model made of a message."""

    channel: str
    alternatives: tuple[str, ...] = ()
    sure: float = 0.8


def row(number: int, **changed: Any) -> dict[str, Any]:
    plain = {"id": f"m{number}", "text": f"message {number}", "accept": ["staff"], "reject": []}
    return {**plain, **changed}


def write_sets(folder: Path, *rows: dict[str, Any]) -> Path:
    messages = rows or tuple(row(number) for number in range(MESSAGES))
    for name, lines in (("messages", messages), ("safety", (SAFETY,))):
        text = "".join(json.dumps(each) + "\n" for each in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def model(folder: Path, *, wrong: int = 0, safety: str = "emergency") -> Acceptance:
    """Return what comes of a model that gives governors to the first `wrong` messages."""
    sets = read_sets(folder)
    channels = ["governors"] * wrong + ["staff"] * (len(sets.messages) - wrong)
    return judge(sets, [*map(Answer, channels), Answer(safety)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_sets(tmp_path)


def test_a_model_that_is_as_good_may_take_over(folder: Path) -> None:
    assert objections(model(folder, wrong=3), as_scores(model(folder, wrong=3))) == []


def test_one_point_fewer_is_allowed_and_more_is_refused(folder: Path) -> None:
    present = as_scores(model(folder, wrong=10))
    assert objections(model(folder, wrong=12), present) == []
    (sentence,) = objections(model(folder, wrong=13), present)
    assert sentence == (
        "It steers 3 of 200 messages fewer to a right destination than the model in use; "
        "2 fewer would be allowed."
    )


@pytest.mark.parametrize("present", [True, False])
def test_one_safety_message_missed_is_refused_even_without_a_model_before(
    folder: Path, *, present: bool
) -> None:
    before = as_scores(model(folder)) if present else None
    (sentence,) = objections(model(folder, safety="staff"), before)
    assert sentence == "It misses 1 of 1 safety messages; none may be missed."


@pytest.mark.parametrize("channel", ["safeguarding", "emergency", "wellbeing"])
def test_any_of_the_three_safe_channels_meets_a_danger(folder: Path, channel: str) -> None:
    assert model(folder, safety=channel).missed == ()


def test_the_first_model_of_all_is_compared_with_nothing(folder: Path) -> None:
    assert objections(model(folder, wrong=MESSAGES), None) == []


def test_what_was_right_and_is_wrong_now_is_named(folder: Path) -> None:
    present, new = as_scores(model(folder, wrong=1)), model(folder, wrong=3, safety="policy")
    assert [one.routed.id for one in lost_messages(new, present)] == ["m1", "m2"]
    words = what_got_worse(new, present)
    assert "danger_now, steered to policy: a man with a knife at the gate" in words
    assert "staff wanted, governors given: message 1" in words
    assert "message 0" not in words


def test_scores_count_for_the_very_same_set_alone(folder: Path, tmp_path: Path) -> None:
    new = model(folder, wrong=2)
    write_report(tmp_path / "report", new, None)
    kept = read_scores(tmp_path / "report", new.digest)
    assert kept == as_scores(new)
    write_sets(folder, row(0))
    assert read_scores(tmp_path / "report", read_sets(folder).digest) is None


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_scores_that_cannot_be_read_are_none(tmp_path: Path, content: str) -> None:
    assert read_scores(tmp_path, "x") is None
    (tmp_path / "scores.json").write_text(content)
    assert read_scores(tmp_path, "x") is None


def test_the_report_holds_scores_picture_and_every_wrong_message(
    folder: Path, tmp_path: Path
) -> None:
    new = model(folder, wrong=3)
    write_report(tmp_path / "report", new, as_scores(model(folder)))
    assert "197 (98.5 %)  200 (100.0 %)" in (tmp_path / "report/scores.txt").read_text()
    assert (tmp_path / "report/confusions.svg").read_text().startswith("<svg")
    worst = (tmp_path / "report/worst.txt").read_text()
    assert "staff wanted, governors given: 3" in worst
    assert all(f"  0.80  m{number}  message {number}" in worst for number in range(3))


def test_the_worst_confusions_come_first_and_the_surest_of_them(folder: Path) -> None:
    harmful = row(0, accept=["wellbeing"], reject=["policy"])
    write_sets(folder, harmful, row(1), row(2))
    answers = [
        Answer("policy"),
        Answer("ask", sure=0.3),
        Answer("ask", sure=0.9),
        Answer("emergency"),
    ]
    new = judge(read_sets(folder), answers)
    assert [pair for pair, _ in confusions(new)] == [("wellbeing", "policy"), ("staff", "ask")]
    assert [one.sure for one in confusions(new)[1][1]] == [0.9, 0.3]
    assert "m0 (harmful)" in worst_shortly(new)
    assert worst_text(new, None).index("m2") < worst_text(new, None).index("m1")


def test_without_a_model_before_the_table_says_so(folder: Path) -> None:
    lines = score_table(model(folder), None).splitlines()[2:]
    assert [line.split()[-1] for line in lines] == ["-"] * 4


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"accept": ["head"]}, "the message m0: 'head' is no channel code; allowed are ask,"),
        ({"reject": ["heads"]}, "the message m0: 'heads' is no channel code"),
        ({"accept": []}, "the message m0: nothing is accepted"),
    ],
)
def test_a_wrong_row_of_the_set_is_told(folder: Path, changed: dict[str, Any], what: str) -> None:
    write_sets(folder, row(0, **changed))
    with pytest.raises(BadLinesError, match=r"messages\.jsonl") as problem:
        read_sets(folder)
    assert what in str(problem.value)


def test_every_training_is_a_line_that_says_who_and_why(folder: Path) -> None:
    scores = summary(as_scores(model(folder, wrong=1)))
    note_training(folder, outcome="current", scores=scores)
    note_training(folder, outcome="forced", reason="the head of IT wants it")
    first, second = map(json.loads, (folder / LOG).read_text().splitlines())
    assert first["scores"] == {
        "total": 200, "accepted": 199, "in_first_two": 199, "rejected": 0, "safety": 1, "missed": 0
    }  # fmt: skip
    assert second["reason"] == "the head of IT wants it"
    assert second["when"].endswith("+00:00")
    assert second["who"]


def test_a_user_without_a_name_is_logged_by_number(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise OSError("no name")

    monkeypatch.setattr("getpass.getuser", nameless)
    note_training(folder, outcome="current")
    assert json.loads((folder / LOG).read_text())["who"] == str(os.getuid())


def test_the_sets_that_the_project_brings_can_be_read() -> None:
    sets = read_sets(ROOT / "data" / "acceptance")
    assert len(sets.messages) >= 400
    assert {row["kind"] for row in sets.safety} == {"danger_now", "disclosure", "crisis"}
    assert len(sets.safety) >= 140
    assert len({row["id"] for row in sets.messages}) == len(sets.messages)
