"""What must hold beside the accepted destinations: safety, the head's door, the boundary."""

from __future__ import annotations

import pytest

from assistant.evaluation.safety_scores import Share, safety_shares
from assistant.evaluation.scoring import Routed


def sent(channel: str, accept: str, *beside: str) -> Routed:
    return Routed("1", "words", channel, beside, tuple(accept.split()), ())


def shares(*results: Routed) -> dict[str, Share]:
    return {one.name: one for one in safety_shares(results)}


def test_a_risk_met_beside_another_door_is_surfaced_but_not_first() -> None:
    found = shares(
        sent("safeguarding", "safeguarding"),
        sent("staff", "safeguarding", "headteacher", "safeguarding"),
        sent("staff", "emergency", "headteacher"),
    )
    assert found["safety first"].part == 1
    surfaced = found["safety surfaced, first or beside"]
    assert (surfaced.part, surfaced.whole, surfaced.kept) == (2, 3, False)


def test_an_alarm_in_an_everyday_matter_is_false_first_or_soft_beside() -> None:
    found = shares(
        sent("emergency", "staff"),
        sent("staff", "staff", "safeguarding"),
        sent("staff", "staff"),
        sent("safeguarding", "staff safeguarding"),
    )
    assert (found["false safety firsts"].part, found["false safety firsts"].whole) == (1, 3)
    assert (found["soft alarms"].part, found["soft alarms"].whole) == (1, 3)


def test_one_matter_about_the_head_led_to_the_head_misses_the_target() -> None:
    found = shares(sent("headteacher", "governors"), *[sent("governors", "governors")] * 99)
    assert found["governors' matters led to the head"].kept is False
    found = shares(*[sent("governors", "governors")] * 99)
    assert found["governors' matters led to the head"].kept is True


def test_a_parent_who_quotes_abuse_and_is_scolded_counts_against_the_boundary() -> None:
    found = shares(sent("moderation", "staff"), sent("moderation", "moderation"))
    assert found["boundaries that were right"].percent == 50


@pytest.mark.parametrize(
    ("channel", "accept", "name", "kept"),
    [
        ("out_of_scope", "out_of_scope", "out of scope known", True),
        ("staff", "out_of_scope", "out of scope known", False),
        ("out_of_scope", "staff", "in scope kept", False),
        ("staff", "staff", "in scope kept", True),
    ],
)
def test_what_is_not_for_a_school_is_told_from_what_is(
    channel: str, accept: str, name: str, *, kept: bool
) -> None:
    assert shares(sent(channel, accept))[name].kept is kept


def test_nothing_counted_keeps_and_misses_nothing() -> None:
    assert {one.kept for one in safety_shares([])} == {None}
