"""A process is killed outright while its parents book, move and cancel."""

from __future__ import annotations

import pytest

from assistant.evaluation.booking.killing import kill_again_and_again
from tests.meetings.staging import MakeStage

FEW, MANY = 6, 50


def assert_nothing_breaks(make_stage: MakeStage, kills: int) -> None:
    deaths = kill_again_and_again(make_stage(3), "this one", kills)
    assert deaths.broken == []
    assert deaths.kills == kills
    assert deaths.in_flight >= kills // 2, "most deaths fell between two steps and prove little"
    assert deaths.acknowledged > 0


def test_a_few_deaths_lose_nothing_and_double_nothing(make_stage: MakeStage) -> None:
    assert_nothing_breaks(make_stage, FEW)


@pytest.mark.long
def test_fifty_deaths_lose_nothing_and_double_nothing(make_stage: MakeStage) -> None:
    assert_nothing_breaks(make_stage, MANY)
