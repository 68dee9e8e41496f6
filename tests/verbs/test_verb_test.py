"""The verb `test`: which half of the tests runs in which environment."""

from __future__ import annotations

from assistant.verbs.test import split


def test_without_paths_both_halves_run() -> None:
    assert split(["-k", "wall"]) == (
        ["tests/brain", "-k", "wall"],
        ["tests", "--ignore=tests/brain", "-k", "wall"],
    )


def test_a_path_runs_in_its_own_half_alone() -> None:
    assert split(["tests/brain/test_heads.py"]) == (["tests/brain/test_heads.py"], [])
    assert split(["tests/casework", "-x"]) == ([], ["tests/casework", "-x"])
