"""The verb `test`: which half of the tests runs in which environment."""

from __future__ import annotations

import sys

import pytest

from assistant.verbs.test import WORKERS, run_both, split


def test_without_paths_both_halves_run() -> None:
    assert split(["-k", "wall"]) == (
        ["tests/brain", "-k", "wall"],
        ["tests", "--ignore=tests/brain", *WORKERS, "-k", "wall"],
    )


def test_a_path_runs_in_its_own_half_alone() -> None:
    assert split(["tests/brain/test_heads.py"]) == (["tests/brain/test_heads.py"], [])
    assert split(["tests/casework", "-x"]) == ([], ["tests/casework", "-x"])


def test_both_halves_run_and_the_shown_one_has_the_last_line(
    capfd: pytest.CaptureFixture[str],
) -> None:
    beside = [sys.executable, "-c", "print('brain: 1 passed'); raise SystemExit(3)"]
    shown = [sys.executable, "-c", "print('one'); print('two'); print('app: 2 passed')"]
    assert run_both(beside, shown) == [3, 0]
    assert capfd.readouterr().out.splitlines() == ["one", "two", "brain: 1 passed", "app: 2 passed"]


def test_one_half_may_run_alone(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_both([], [sys.executable, "-c", "print('app: 2 passed')"]) == [0]
    assert run_both([sys.executable, "-c", "print('brain: 1 passed')"], []) == [0]
    assert capfd.readouterr().out.splitlines() == ["app: 2 passed", "brain: 1 passed"]
