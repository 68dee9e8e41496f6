"""The routing table, read as promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.kinds import Channel
from assistant.casework.reading import Reading
from assistant.casework.reasons import REASONS, reason_for
from assistant.casework.routing import FIXED, Heard, is_worrying, raises_the_door, route

scores = st.floats(0, 1)
doors = st.dictionaries(st.sampled_from([*Channel]), scores, max_size=14)
readings = st.builds(
    Reading,
    act=st.sampled_from(["vent", "complain", "book", "ask_info", "inform", *FIXED]),
    doors=doors,
    about=st.dictionaries(st.sampled_from(["headteacher", "teacher", "governor"]), scores),
    risk=st.dictionaries(st.just("concern"), scores),
)
heards = st.builds(Heard, about_head=st.booleans(), door=st.sampled_from([None, *Channel]))


@given(readings, st.sampled_from([None, Channel.STAFF, Channel.COMPLAINT]))
def test_a_matter_about_the_head_never_leads_to_the_head(
    reading: Reading, door: Channel | None
) -> None:
    chosen = route(reading, Heard(about_head=True, door=door))
    if reading.act not in FIXED:
        assert Channel.HEADTEACHER not in {chosen.channel, *chosen.alternatives}


@given(readings, heards)
def test_the_first_door_never_stands_beside_itself_and_the_reason_is_its_own(
    reading: Reading, heard: Heard
) -> None:
    chosen = route(reading, heard)
    assert chosen.channel not in chosen.alternatives
    assert len(set(chosen.alternatives)) == len(chosen.alternatives) <= 3
    assert chosen.reason in REASONS[chosen.channel].values()


@given(readings, heards)
def test_the_same_reading_always_opens_the_same_door(reading: Reading, heard: Heard) -> None:
    assert route(reading, heard) == route(Reading.from_json(reading.to_json()), heard)


@pytest.mark.parametrize(
    ("act", "channel"),
    [
        ("danger", Channel.EMERGENCY),
        ("disclose", Channel.SAFEGUARDING),
        ("crisis", Channel.WELLBEING),
        ("threat", Channel.MODERATION),
        ("abuse", Channel.MODERATION),
    ],
)
def test_safety_and_the_boundary_come_before_every_door(act: str, channel: Channel) -> None:
    loud = Reading(act=act, doors={"staff": 0.99})
    assert route(loud, Heard(door=Channel.STAFF)).channel is channel


def test_a_head_who_is_only_implied_still_loses_the_door() -> None:
    reading = Reading(
        act="vent", doors={"headteacher": 0.8, "governors": 0.1}, about={"headteacher": 0.7}
    )
    chosen = route(reading)
    assert chosen.channel is Channel.GOVERNORS
    assert chosen.about_head


def test_asking_for_the_formal_route_opens_it() -> None:
    reading = Reading(act="complain", doors={"staff": 0.9, "complaint": 0.2})
    assert route(reading).channel is Channel.COMPLAINT


def test_a_possible_risk_keeps_the_everyday_door_with_safeguarding_first_beside_it() -> None:
    chosen = route(Reading(act="vent", doors={"staff": 0.8}, risk={"concern": 0.4}))
    assert chosen.channel is Channel.STAFF
    assert chosen.alternatives[0] is Channel.SAFEGUARDING
    assert chosen.worry


def test_the_net_alone_is_enough_to_worry() -> None:
    assert is_worrying(Reading(net=("disclosure?",)))
    assert not is_worrying(Reading(net=("threat?",)))


def test_a_fragment_keeps_the_door_that_stands_open() -> None:
    fragment = Reading(act="vent", doors={"ask": 0.6, "staff": 0.3})
    assert route(fragment, Heard(door=Channel.HEADTEACHER)).channel is Channel.HEADTEACHER


def test_later_words_that_are_grave_and_clear_move_the_door_up() -> None:
    before = Heard(door=Channel.STAFF)
    chosen = route(Reading(act="vent", doors={"headteacher": 0.7}), before)
    assert chosen.channel is Channel.HEADTEACHER
    assert raises_the_door(before, chosen)


def test_nothing_heard_at_all_is_asked_about() -> None:
    assert route(Reading(act="nonsense")).channel is Channel.ASK


def test_the_reason_names_what_it_is_about() -> None:
    homework = reason_for(Channel.STAFF, ["homework", "lunch"])
    assert homework != reason_for(Channel.STAFF, ["lunch"])
    assert reason_for(Channel.STAFF) == REASONS[Channel.STAFF][""]


def test_nobody_is_told_that_they_tried_before_unless_they_said_so() -> None:
    reading = Reading(act="vent", doors={"headteacher": 0.9}, topics={"communication": 0.9})
    assert "tried" not in route(reading).reason
    assert "tried" in route(replace(reading, tried={"staff": 0.8})).reason
