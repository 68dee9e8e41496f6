"""The routing table, read as promises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.about_head import is_about_head
from assistant.casework.kinds import Channel
from assistant.casework.reading import Reading
from assistant.casework.reasons import REASONS, reason_for
from assistant.casework.routing import (
    FIXED,
    Heard,
    asks_formally,
    is_worrying,
    raises_the_door,
    route,
)

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


def test_a_weak_sign_of_the_head_closes_the_door_in_a_first_message_only() -> None:
    reading = Reading(
        act="vent", doors={"headteacher": 0.4, "governors": 0.2}, about={"headteacher": 0.22}
    )
    assert route(reading).channel is Channel.GOVERNORS
    assert route(reading, Heard(last=Channel.COMPLAINT)).channel is Channel.HEADTEACHER


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


@pytest.mark.parametrize("wanted", [{}, {"formal": 0.3}])
def test_a_complaint_without_a_formal_word_forces_no_formal_door(wanted: dict[str, float]) -> None:
    reading = Reading(
        act="complain", confidence=0.7, doors={"staff": 0.8, "complaint": 0.2}, wanted=wanted
    )
    chosen = route(reading)
    assert chosen.channel is Channel.STAFF
    assert Channel.COMPLAINT in chosen.alternatives


@pytest.mark.parametrize(
    "plainly",
    [
        {"wanted": {"formal": 0.6}},
        {"doors": {"staff": 0.8, "complaint": 0.5}},
        {"confidence": 1.0},
    ],
)
def test_a_complaint_in_so_many_words_opens_the_formal_door(plainly: dict[str, Any]) -> None:
    informal = Reading(act="complain", confidence=0.7, doors={"staff": 0.8, "complaint": 0.2})
    assert route(replace(informal, **plainly)).channel is Channel.COMPLAINT


RACISM = {"racism_discrimination": 0.7}


@pytest.mark.parametrize(
    ("doors", "topics", "channel"),
    [
        ({"staff": 0.7, "headteacher": 0.12}, RACISM, Channel.HEADTEACHER),
        ({"staff": 0.7, "headteacher": 0.11}, RACISM, Channel.STAFF),
        ({"staff": 0.7, "headteacher": 0.3}, {"racism_discrimination": 0.4}, Channel.STAFF),
        ({"staff": 0.7, "headteacher": 0.3}, {"homework": 0.9}, Channel.STAFF),
        ({"safeguarding": 0.7, "headteacher": 0.3}, RACISM, Channel.SAFEGUARDING),
    ],
)
def test_racism_goes_to_the_head_when_the_heads_door_is_near(
    doors: dict[str, float], topics: dict[str, float], channel: Channel
) -> None:
    assert route(Reading(act="vent", doors=doors, topics=topics)).channel is channel


def test_racism_goes_to_no_head_who_was_ruled_out_or_whom_it_is_about() -> None:
    reading = Reading(act="vent", doors={"staff": 0.7, "headteacher": 0.3}, topics=RACISM)
    refused = Heard(refused=frozenset({Channel.HEADTEACHER}))
    assert route(reading, refused).channel is Channel.STAFF
    assert route(reading, Heard(about_head=True)).channel is Channel.GOVERNORS


@given(readings, st.sets(st.sampled_from([Channel.HEADTEACHER, Channel.COMPLAINT]), min_size=1))
def test_a_door_that_was_ruled_out_is_neither_first_nor_beside(
    reading: Reading, refused: set[Channel]
) -> None:
    chosen = route(reading, Heard(refused=frozenset(refused)))
    if reading.act not in {*FIXED, "complain", "book"}:
        assert not refused & {chosen.channel, *chosen.alternatives}


def test_no_talk_wanted_closes_no_persons_door() -> None:
    reading = Reading(act="vent", doors={"staff": 0.8})
    assert route(reading, Heard(refused=frozenset({Channel.STAFF}))).channel is Channel.STAFF


ACCUSED = {"headteacher": 0.6}


@pytest.mark.parametrize(
    ("reading", "wanted", "about"),
    [
        (Reading(act="book", about=ACCUSED, words=8), Channel.HEADTEACHER, False),
        (Reading(act="vent", about=ACCUSED, words=15), Channel.HEADTEACHER, False),
        (Reading(act="vent", about=ACCUSED, words=16), Channel.HEADTEACHER, True),
        (Reading(act="book", about=ACCUSED, words=8), Channel.STAFF, True),
        (Reading(act="book", about=ACCUSED, words=8), None, True),
        (Reading(act="book", about={"headteacher": 0.4}, words=30), None, False),
        (Reading(act="vent", about={"headteacher": 0.4}, words=30), None, True),
        (Reading(act="vent", about={"headteacher": 0.1}, words=30), None, False),
    ],
)
def test_a_short_request_for_the_head_is_not_about_the_head(
    reading: Reading, wanted: Channel | None, *, about: bool
) -> None:
    assert is_about_head(reading, wanted) is about


def test_a_head_who_is_far_likelier_the_one_spoken_to_is_not_accused() -> None:
    doors = {"headteacher": 0.6, "governors": 0.2}
    reading = Reading(act="vent", doors=doors, about={"headteacher": 0.4}, words=40)
    assert not is_about_head(reading)
    assert is_about_head(replace(reading, about={"headteacher": 0.45}))
    assert is_about_head(replace(reading, doors={"headteacher": 0.45, "governors": 0.2}))


@pytest.mark.parametrize(
    ("service", "channel"), [(0.8, Channel.SERVICE), (0.79, Channel.HEADTEACHER)]
)
def test_a_wish_to_book_a_service_is_no_wish_for_a_talk(service: float, channel: Channel) -> None:
    reading = Reading(act="book", doors={"service": service, "headteacher": 0.2, "staff": 0.1})
    assert route(reading).channel is channel


@pytest.mark.parametrize("likelier", ["service", "ask"])
def test_a_wish_to_book_that_tells_a_matter_is_one_for_a_talk(likelier: str) -> None:
    reading = Reading(act="book", doors={likelier: 0.9, "staff": 0.4})
    assert route(reading).channel is Channel.STAFF


@pytest.mark.parametrize(
    ("doors", "heard", "channel"),
    [
        ({"staff": 0.5, "out_of_scope": 0.1}, Heard(), Channel.OUT_OF_SCOPE),
        ({"staff": 0.6, "out_of_scope": 0.1}, Heard(), Channel.STAFF),
        ({"staff": 0.5, "out_of_scope": 0.09}, Heard(), Channel.STAFF),
        ({"safeguarding": 0.5, "out_of_scope": 0.3}, Heard(), Channel.SAFEGUARDING),
        ({"staff": 0.5, "out_of_scope": 0.2}, Heard(door=Channel.STAFF), Channel.STAFF),
        ({"staff": 0.5, "out_of_scope": 0.2}, Heard(wanted=Channel.STAFF), Channel.STAFF),
    ],
)
def test_a_doubtful_first_message_may_be_none_of_the_school_s(
    doors: dict[str, float], heard: Heard, channel: Channel
) -> None:
    assert route(Reading(act="vent", doors=doors), heard).channel is channel


def test_a_role_named_in_a_few_words_moves_the_door_that_was_offered() -> None:
    reading = Reading(act="vent", doors={"staff": 0.7, "headteacher": 0.3})
    offered = Heard(door=Channel.HEADTEACHER, wanted=Channel.STAFF)
    assert route(reading, offered).channel is Channel.HEADTEACHER
    assert route(reading, replace(offered, named=True)).channel is Channel.STAFF


def test_a_role_named_never_opens_the_head_s_door_to_a_matter_about_the_head() -> None:
    reading = Reading(act="vent", doors={"headteacher": 0.9})
    named = Heard(about_head=True, door=Channel.GOVERNORS, wanted=Channel.HEADTEACHER, named=True)
    assert route(reading, named).channel is Channel.GOVERNORS


@pytest.mark.parametrize(
    ("score", "channel"), [(0.79, Channel.COMPLAINT), (0.8, Channel.STATUTORY)]
)
def test_a_fragment_of_a_complaint_leaves_it_only_when_it_is_plain(
    score: float, channel: Channel
) -> None:
    reading = Reading(act="vent", doors={"statutory": score}, words=8)
    assert route(reading, Heard(door=Channel.COMPLAINT)).channel is channel


def test_what_only_sounds_like_a_complaint_does_not_begin_one() -> None:
    assert not asks_formally(Reading(act="complain", confidence=0.4))
    assert not asks_formally(Reading(act="vent", doors={"complaint": 0.9}))
    assert asks_formally(Reading(act="complain", doors={"complaint": 0.5}))
    assert asks_formally(Reading(act="complain", wanted={"formal": 0.5}))
    assert asks_formally(Reading(act="complain", confidence=1.0))
