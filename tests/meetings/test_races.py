"""Many parents want the same times at once, from several processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.evaluation.booking.audit import faults
from assistant.evaluation.booking.race import (
    BOOKED,
    ERROR,
    REFUSED,
    RETRY,
    SHIFTS,
    Race,
    overlapping,
    run_race,
    wanted_starts,
)
from assistant.evaluation.booking.stage import close
from assistant.evaluation.booking.ways import OURS, WAYS
from tests.meetings.staging import MakeStage

SOME, ALL = 100, 1000
SLOTS = 50


def assert_fair(race: Race, bookings: int) -> None:
    assert (race.count(RETRY), race.count(ERROR), race.problems) == (0, 0, "")
    assert (race.overlapping, race.wrongly_refused) == (0, 0)
    assert race.count(BOOKED) == len(race.spans)
    assert race.count(BOOKED) + race.count(REFUSED) == bookings


@pytest.mark.parametrize("starts", SHIFTS)
def test_a_slot_goes_to_one_parent_and_nobody_sees_an_error(
    starts: str, make_stage: MakeStage
) -> None:
    stage = make_stage(1)
    race = run_race(stage, "this one", starts, OURS, SOME)
    assert_fair(race, SOME)
    assert starts != "same starts" or race.count(BOOKED) == SLOTS
    desk = stage.open()
    assert faults(desk) == []
    close(desk)


@pytest.mark.long
@pytest.mark.parametrize("starts", SHIFTS)
def test_a_thousand_parents_get_fifty_slots(starts: str, make_stage: MakeStage) -> None:
    race = run_race(make_stage(1), "this one", starts, OURS, ALL)
    assert_fair(race, ALL)
    assert starts != "same starts" or race.count(BOOKED) == SLOTS


@pytest.mark.long
@pytest.mark.parametrize("way", [way for way in WAYS if way != OURS])
def test_the_race_is_one_that_the_controls_lose(way: str, make_stage: MakeStage) -> None:
    race = run_race(make_stage(1), "this one", "shifted by 5 and 10", way, ALL)
    assert race.overlapping > 0


def test_all_starts_are_wanted_and_the_shifted_ones_meet_their_neighbours() -> None:
    same, shifted = (wanted_starts(shift) for shift in SHIFTS.values())
    assert (len(same), len(set(same)), len(shifted), len(set(shifted))) == (1000, 50, 1000, 150)


def test_overlaps_are_counted_once_a_meeting() -> None:
    nine = datetime(2027, 3, 1, 9, tzinfo=UTC)
    spans = [(nine + timedelta(minutes=m), nine + timedelta(minutes=m + 20)) for m in (0, 20, 25)]
    assert overlapping(spans) == 1
    assert overlapping([spans[0], spans[0], spans[0]]) == 2
    assert overlapping(spans[:2]) == 0
