"""Two readers' probabilities made one."""

from __future__ import annotations

import pytest

from assistant.brain.average import Weights, average, average_shares, blend
from assistant.brain.heard import heard_of

KERNEL = heard_of(
    {"staff": 0.8, "complaint": 0.2},
    {"about:teacher": 0.4, "risk:concern": 0.1, "abuse": 0.0},
    {"vent": 0.6, "book": 0.3, "new_intent": 0.1},
)
EARS = heard_of(
    {"staff": 0.4, "complaint": 0.6},
    {"about:teacher": 0.8, "risk:concern": 0.5, "abuse": 0.2},
    {"vent": 0.2, "book": 0.8},
)


def test_each_group_is_averaged_with_its_own_weight() -> None:
    heard = blend(KERNEL, EARS, Weights(doors=0.5, signals=0.25, acts=0.5))
    assert heard.reading.doors == pytest.approx({"staff": 0.6, "complaint": 0.4})
    assert heard.reading.about == pytest.approx({"teacher": 0.5})
    assert heard.reading.risk == pytest.approx({"concern": 0.2})
    assert heard.reading.abuse == pytest.approx(0.05)


def test_the_likeliest_act_of_both_together_comes_first() -> None:
    heard = blend(KERNEL, EARS, Weights(doors=0.5, signals=0.5, acts=0.5))
    assert [act for act, _ in heard.acts] == ["book", "vent", "new_intent"]
    assert heard.reading.act == "book"
    assert heard.reading.confidence == heard.acts[0][1]


def test_nothing_of_the_ears_is_the_kernel_alone() -> None:
    assert blend(KERNEL, EARS, Weights(doors=0, signals=0, acts=0)) == KERNEL


def test_a_label_that_the_ears_do_not_know_keeps_what_the_kernel_heard() -> None:
    assert average({"new": 0.7, "old": 0.4}, {"old": 0.8, "gone": 1.0}, 0.5) == pytest.approx(
        {"new": 0.7, "old": 0.6}
    )


def test_an_intent_added_after_the_fine_tuning_keeps_its_share() -> None:
    assert average_shares({"new": 0.9, "vent": 0.1}, {"vent": 1.0}, 0.5)["new"] == 0.9


@pytest.mark.parametrize("weight", [0, 0.3, 1])
@pytest.mark.parametrize("known", ["abc", "ab", "cz", "z"])
def test_shares_of_acts_still_come_to_one(known: str, weight: float) -> None:
    kernel = {"a": 0.5, "b": 0.3, "c": 0.2}
    whole = average_shares(kernel, dict.fromkeys(known, 1 / len(known)), weight)
    assert sum(whole.values()) == pytest.approx(1)
