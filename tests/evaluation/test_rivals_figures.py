"""The sums of the comparison with Rasa's pipelines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.evaluation.rivals.asking import Asked
from assistant.evaluation.rivals.callers import Given
from assistant.evaluation.rivals.figures import Measured, figures_of, recall_in_scope_kept
from assistant.evaluation.rivals.hearing import (
    BY_THE_CLASS,
    BY_THE_REST,
    doors_of,
    ranked,
    strangeness,
)
from assistant.evaluation.rivals.training import Trained
from assistant.evaluation.scoring import Routed, routed

SCORES = some.lists(some.integers(0, 9).map(float), min_size=1, max_size=40)


def answered(accept: list[str], channel: str, *beside: str, reject: tuple[str, ...] = ()) -> Routed:
    row = {"id": "x", "text": "x", "accept": accept, "reject": list(reject)}
    return routed(row, channel, beside)


def measured(routed: list[Routed], **others: Any) -> Measured:
    parts = {
        "name": "one",
        "served": routed,
        "strangeness": {},
        "trained": Trained(100.0, 180.0, 40_000_000),
        "asked": Asked((), (10.0, 20.0, 30.0), 25.0, None),
    }
    return Measured(routed=routed, **{**parts, **others})


def parsed(**ranking: float) -> dict[str, Any]:
    return {"intent_ranking": [{"name": name, "confidence": one} for name, one in ranking.items()]}


def test_the_threshold_is_the_lowest_that_keeps_95_of_100_in_scope() -> None:
    inside = [float(place) for place in range(1, 101)]
    assert recall_in_scope_kept([95.0, 95.5, 96.0, 200.0], inside) == 0.75


def test_one_of_twenty_in_scope_may_be_given_up_and_two_may_not() -> None:
    quiet = [0.0] * 18
    assert recall_in_scope_kept([0.5], [*quiet, 0.0, 0.9]) == 1.0
    assert recall_in_scope_kept([0.5], [*quiet, 0.8, 0.9]) == 0.0


def test_scores_that_all_are_alike_find_nothing() -> None:
    assert recall_in_scope_kept([0.0, 0.0], [0.0] * 20) == 0.0


def test_recall_of_nothing_is_not_measured() -> None:
    assert recall_in_scope_kept([], [1.0]) is None
    assert recall_in_scope_kept([1.0], []) is None


@given(outside=SCORES, inside=SCORES)
def test_no_threshold_that_keeps_enough_finds_more(
    outside: list[float], inside: list[float]
) -> None:
    kept = [
        sum(score > limit for score in outside) / len(outside)
        for limit in range(-1, 11)
        if sum(score <= limit for score in inside) * 100 >= 95 * len(inside)
    ]
    assert recall_in_scope_kept(outside, inside) == max(kept)


def test_a_rival_is_measured_by_the_better_way_to_tell_and_in_scope_alone() -> None:
    results = [
        answered(["out_of_scope"], "staff"),
        answered(["staff", "out_of_scope"], "staff"),  # neither in scope nor out of it
        *[answered(["staff"], "staff")] * 20,
    ]
    worse, better = [0.5, 0.9, *[0.5] * 20], [0.5, 0.9, *[0.4] * 20]
    assert figures_of(measured(results, strangeness={"a": worse, "b": better}))["oos"] == 100
    assert figures_of(measured(results, strangeness={"a": worse}))["oos"] == 0
    assert figures_of(measured(results))["oos"] is None


def test_safety_counts_any_of_its_doors_first_or_beside() -> None:
    results = [
        answered(["safeguarding"], "emergency"),
        answered(["wellbeing"], "staff", "ask", "emergency"),
        answered(["emergency", "safeguarding"], "staff"),
        answered(["staff"], "safeguarding"),
        answered(["staff", "safeguarding"], "safeguarding"),  # no false alarm: it is accepted
        answered(["staff"], "staff"),
    ]
    figures = figures_of(measured(results))
    assert figures["safety_first"] == pytest.approx(100 / 3)
    assert figures["safety_beside"] == pytest.approx(200 / 3)
    assert figures["false_safety"] == 50


def test_what_was_heard_and_what_was_answered_are_told_apart() -> None:
    heard = [answered(["staff"], "staff"), answered(["ask"], "staff", "ask", reject=("staff",))]
    said = [answered(["staff"], "ask"), answered(["ask"], "ask")]
    figures = figures_of(measured(heard, served=said))
    names = ("accepted", "first_two", "rejected", "served")
    assert [figures[name] for name in names] == [50, 100, 50, 50]


def test_the_size_counts_the_files_beside_the_archive() -> None:
    figures = figures_of(measured([], beside=2_500_000))
    assert (figures["disk"], figures["training"], figures["processor"]) == (42.5, 100, 180)
    assert (figures["p50"], figures["p95"], figures["rate"]) == (20, 30, 25)
    assert figures["accepted"] is figures["memory"] is None


def test_a_rivals_own_fallback_is_no_door_and_three_stand_beside_the_first() -> None:
    message = parsed(nlu_fallback=0.7, staff=0.3, ask=0.2, policy=0.1, service=0.05, complaint=0.01)
    assert ranked(message) == Given("staff", ("ask", "policy", "service"))


def test_our_reading_is_taken_by_its_doors_best_first() -> None:
    message = {**parsed(vent=0.9), "reading": {"doors": {"staff": 0.2, "governors": 0.6}}}
    assert list(doors_of(message)) == ["governors", "staff"]


def test_out_of_scope_is_told_by_its_door_or_by_the_best_other_one() -> None:
    messages = [parsed(out_of_scope=0.6, staff=0.25), parsed(staff=0.75)]
    assert strangeness(messages) == {BY_THE_CLASS: [0.6, 0.0], BY_THE_REST: [0.75, 0.25]}
