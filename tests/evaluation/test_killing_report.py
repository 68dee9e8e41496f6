"""What so many deaths came to, as a table and as targets."""

from __future__ import annotations

from assistant.evaluation.killing.report import tally_table, targets
from assistant.evaluation.killing.rounds import Tally

GOOD = Tally(
    kills={"brain": 2, "web": 1}, restarts={"brain": [31.0, 33.0], "web": [2.5]}, told=9,
    unanswered=4, honest=7, own_start=30.0,
)  # fmt: skip


def test_the_brain_is_measured_beside_its_own_start() -> None:
    kept = {figure.name: (figure.value, figure.kept) for figure in targets(GOOD)}
    assert kept["brain back, beside the brain's own start"] == (3.0, True)
    assert kept["web back, beside the brain's own start"] == (2.5, True)
    assert kept["promises broken by 3 deaths"] == (0, True)


def test_a_broken_promise_is_quoted_and_misses_the_target() -> None:
    sentence = "a complaint: told SG-1, stored nothing"
    bad = Tally(kills={"web": 1}, restarts={"web": [11.0]}, unsent=1, broken=[sentence])
    assert sentence in tally_table(bad)
    assert [figure.kept for figure in targets(bad)] == [False, False, False]


def test_the_table_names_each_process() -> None:
    shown = tally_table(GOOD)
    assert "brain" in shown
    assert "references that parents were told: 9" in shown
