"""The time of an answer tells nothing: measured on a real web process, hits and misses in turn."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from assistant.evaluation.timing.asking import measure_timing
from assistant.evaluation.timing.pairs import Compared
from assistant.evaluation.timing.stage import web_alone
from assistant.web.even_time import FLOOR_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = 20
FLOOR = 1000 * FLOOR_SECONDS


def times(middle: float, seed: int) -> list[float]:
    drawn = random.Random(seed)  # noqa: S311 - no secret
    return [drawn.gauss(middle, 2.0) for _ in range(200)]


def test_a_difference_below_the_noise_of_one_answer_is_found_and_none_is_not_made_up() -> None:
    assert Compared("", times(51.0, 1), times(50.0, 2)).differs
    alike = [Compared("", times(50, seed), times(50, seed + 100)) for seed in range(20)]
    assert sum(each.differs for each in alike) <= 1


@pytest.mark.long
@pytest.mark.slow
def test_receipts_and_links_wait_for_the_floor_and_accounts_take_the_same_hashing(
    tmp_path: Path,
) -> None:
    """How far apart they are is for `bench --timing`, on a machine that nobody else uses."""
    with web_alone(tmp_path) as (desk, url):
        *floored, accounts = measure_timing(desk, url, PAIRS)
    for each in floored:
        assert min(*each.hits, *each.misses) >= FLOOR, each.name
    quickest = min(accounts.hits), min(accounts.misses)
    assert max(quickest) < 2 * min(quickest)
