"""What `train` does with a model that was trained: taken, refused, or taken all the same."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.bootstrap.training import is_current, is_refused, training_digest
from assistant.brain.training import report_of, workshop
from assistant.evaluation.acceptance import Acceptance, Judged, Missed
from assistant.evaluation.acceptance_report import as_scores
from assistant.evaluation.scoring import routed
from assistant.verbs.train import Trained, add_arguments, settle

if TYPE_CHECKING:
    from tests.brain.conftest import SmallProject

MISSED = (Missed("a man with a knife at the gate", "danger_now", "staff"),)


def acceptance(*channels: str, missed: tuple[Missed, ...] = ()) -> Acceptance:
    judged = tuple(
        Judged(
            routed({"id": f"m{n}", "text": "x", "accept": ["staff"], "reject": []}, one, ()), 0.5
        )
        for n, one in enumerate(channels)
    )
    return Acceptance(judged, missed, 3, "set")


GOOD, WORSE = acceptance("staff", "staff"), acceptance("staff", "policy")


@pytest.fixture
def pointer(small_project: SmallProject, tmp_path: Path) -> Path:
    """Return the pointer to a model in use, in a folder of its own."""
    shutil.copy(small_project.model.resolve(), tmp_path / "schoolgate-before.tar.gz")
    (tmp_path / "current").symlink_to("schoolgate-before.tar.gz")
    (tmp_path / "current.digest").write_text("that of the files before")
    return tmp_path / "current"


def settled(pointer: Path, new: Acceptance, forced: str | None = None) -> int:
    with workshop(pointer.parent) as folder:
        model = folder / "schoolgate-new.tar.gz"
        shutil.copy(pointer.resolve(), model)
        trained = Trained(pointer, model, training_digest())
        return settle(trained, new, as_scores(GOOD), forced)


def last_line(pointer: Path) -> dict[str, object]:
    return dict(json.loads((pointer.parent / "trainings.jsonl").read_text().splitlines()[-1]))


def test_a_good_model_is_made_current_with_its_report(pointer: Path) -> None:
    assert settled(pointer, GOOD) == 0
    assert pointer.resolve().name == "schoolgate-new.tar.gz"
    assert (report_of(pointer.resolve()) / "worst.txt").exists()
    assert is_current(pointer)
    assert last_line(pointer)["outcome"] == "current"
    assert list(pointer.parent.glob(".training-*")) == []


def test_a_worse_model_is_refused_and_the_one_in_use_stays(
    pointer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settled(pointer, WORSE) == 1
    assert pointer.resolve().name == "schoolgate-before.tar.gz"
    assert (pointer.parent / "refused.report/worst.txt").exists()
    assert not (pointer.parent / "schoolgate-new.tar.gz").exists()
    assert is_refused(pointer)
    assert not is_current(pointer)
    said = capsys.readouterr().err
    assert "It was not made current; the model in use stays as it is." in said
    assert "It steers 1 of 2 messages fewer to a right destination" in said
    assert "staff wanted, policy given: x" in said
    assert "What to do:" in said
    assert last_line(pointer)["outcome"] == "refused"


def test_a_model_that_misses_a_danger_is_refused_and_the_message_named(
    pointer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settled(pointer, acceptance("staff", "staff", missed=MISSED)) == 1
    assert "danger_now, steered to staff: a man with a knife" in capsys.readouterr().err


def test_a_reason_makes_it_current_all_the_same_and_is_logged(pointer: Path) -> None:
    assert settled(pointer, WORSE, forced="one door fewer is what we want") == 0
    assert pointer.resolve().name == "schoolgate-new.tar.gz"
    line = last_line(pointer)
    assert line["outcome"] == "forced"
    assert line["reason"] == "one door fewer is what we want"
    assert line["against"]


def test_a_reason_that_was_not_needed_forces_nothing(pointer: Path) -> None:
    assert settled(pointer, GOOD, forced="to be sure") == 0
    assert (last_line(pointer)["outcome"], last_line(pointer)["reason"]) == ("current", None)


def test_a_model_taken_after_a_refusal_clears_it(pointer: Path) -> None:
    settled(pointer, WORSE)
    settled(pointer, GOOD)
    assert not is_refused(pointer)
    assert not (pointer.parent / "refused.report").exists()


def test_the_same_model_trained_again_takes_its_own_place(pointer: Path) -> None:
    assert [settled(pointer, GOOD), settled(pointer, GOOD)] == [0, 0]
    assert pointer.exists()
    assert (report_of(pointer.resolve()) / "scores.json").exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_empty_reason_is_refused(reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--force", reason])
    assert "give the reason in a few words" in capsys.readouterr().err
