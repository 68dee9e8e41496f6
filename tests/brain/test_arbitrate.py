"""One act from the net, the heads and the question that stands open."""

from __future__ import annotations

import pytest

from assistant.brain.arbitrate import Scene, decide
from assistant.casework.reading import Reading

VENT = (("vent", 0.9), ("ask_info", 0.1))
CALM = Reading()


@pytest.mark.parametrize(
    ("found", "act"),
    [
        ("danger_now", "danger"),
        ("disclosure", "disclose"),
        ("crisis", "crisis"),
        ("threat", "threat"),
    ],
)
def test_a_clear_finding_of_the_net_comes_before_anything_else(found: str, act: str) -> None:
    scene = Scene(expects="child", answers=True, plain="affirm", words=3)
    assert decide(VENT, Reading(net=(found,)), scene) == (act, 1.0)


def test_a_possible_finding_of_the_net_changes_no_act_by_itself() -> None:
    assert decide(VENT, Reading(net=("threat?",)), Scene(words=9))[0] == "vent"


def test_the_most_urgent_finding_wins() -> None:
    reading = Reading(net=("crisis", "threat", "danger_now"))
    assert decide(VENT, reading, Scene(words=9))[0] == "danger"


def test_the_heads_alone_suffice_when_they_are_sure() -> None:
    reading = Reading(doors={"wellbeing": 0.9}, risk={"parent_crisis": 0.9})
    assert decide(VENT, reading, Scene(expects="statement", words=12))[0] == "crisis"


def test_a_risk_that_the_heads_doubt_is_no_act_of_its_own() -> None:
    acts = (("disclose", 0.6), ("vent", 0.4))
    reading = Reading(doors={"safeguarding": 0.2}, risk={"concern": 0.2})
    assert decide(acts, reading, Scene(words=12)) == ("vent", 0.4)


def test_quoted_abuse_is_no_abuse() -> None:
    acts = (("vent", 0.7), ("abuse", 0.3))
    assert decide(acts, Reading(abuse=0.1, doors={"moderation": 0.2}), Scene(words=9))[0] == "vent"


def test_a_plain_yes_answers_whatever_the_heads_hear() -> None:
    assert decide(VENT, CALM, Scene(plain="deny", words=1)) == ("deny", 1.0)


@pytest.mark.parametrize("expects", ["child", "when", "contact", "reference"])
def test_words_that_answer_the_open_question_inform(expects: str) -> None:
    scene = Scene(expects=expects, answers=True, words=14)
    assert decide((("vent", 0.95),), CALM, scene)[0] == "inform"


def test_any_words_answer_what_happened() -> None:
    assert decide(VENT, CALM, Scene(expects="statement", words=60))[0] == "inform"


@pytest.mark.parametrize("act", ["stop", "go_back", "human", "correct", "skip"])
def test_a_parent_can_always_leave_a_form(act: str) -> None:
    said = "enough, get me a person"
    assert decide(((act, 0.8),), CALM, Scene(expects="when", words=5, text=said))[0] == act
    assert decide(VENT, CALM, Scene(expects="when", plain=act, words=4))[0] == act


@pytest.mark.parametrize("act", ["change", "status", "delete", "human", "thanks"])
def test_an_act_that_orders_something_needs_a_word_for_it(act: str) -> None:
    acts = ((act, 0.6), ("vent", 0.4))
    said = "monday the 21st suits, he is off then"
    assert decide(acts, CALM, Scene(words=8, text=said))[0] == "vent"


def test_the_heads_need_to_be_surer_of_a_risk_in_a_few_words_that_answer_us() -> None:
    reading = Reading(doors={"safeguarding": 0.7}, risk={"concern": 0.6})
    assert decide(VENT, reading, Scene(words=20))[0] == "disclose"
    assert decide(VENT, reading, Scene(expects="child", answers=True, words=20))[0] != "disclose"
    assert decide(VENT, reading, Scene(words=3))[0] != "disclose"


def test_a_possible_finding_of_the_net_lowers_what_the_heads_need() -> None:
    doubtful = Reading(doors={"safeguarding": 0.5}, risk={"concern": 0.3})
    assert decide(VENT, doubtful, Scene(words=20))[0] == "vent"
    beside = Reading(doors=doubtful.doors, risk=doubtful.risk, net=("disclosure?",))
    assert decide(VENT, beside, Scene(words=20))[0] == "disclose"


def test_a_question_in_the_middle_of_a_form_stays_a_question() -> None:
    acts = (("ask_policy", 0.8), ("inform", 0.1))
    assert decide(acts, CALM, Scene(expects="contact", words=8))[0] == "ask_policy"


def test_a_long_message_that_nothing_recognises_is_a_vent() -> None:
    assert decide((("nonsense", 0.6),), CALM, Scene(words=20))[0] == "vent"


def test_a_short_message_that_nothing_recognises_is_nonsense() -> None:
    assert decide((("greet", 0.1),), CALM, Scene(words=1))[0] == "nonsense"


@pytest.mark.parametrize(
    ("found", "doors"),
    [
        ("disclosure", {"wellbeing": 0.6, "safeguarding": 0.3}),
        ("disclosure", {"wellbeing": 0.95, "safeguarding": 0.6}),
        ("danger_now", {"wellbeing": 0.9, "emergency": 0.6}),
    ],
)
def test_the_parents_own_despair_is_met_as_despair_when_the_heads_are_sure(
    found: str, doors: dict[str, float]
) -> None:
    scene = Scene(words=12)
    assert decide(VENT, Reading(net=(found,), doors=doors), scene) == ("crisis", 1.0)


@pytest.mark.parametrize(
    ("found", "doors", "act"),
    [
        ("disclosure", {"wellbeing": 0.55, "safeguarding": 0.1}, "disclose"),
        ("disclosure", {"wellbeing": 0.8, "safeguarding": 0.6}, "disclose"),
        ("danger_now", {"wellbeing": 0.8, "emergency": 0.1}, "danger"),
        ("danger_now", {"wellbeing": 0.95, "emergency": 0.7}, "danger"),
        ("threat", {"wellbeing": 0.95, "moderation": 0.1}, "threat"),
        ("disclosure", {}, "disclose"),
    ],
)
def test_despair_that_the_heads_doubt_hides_no_child_and_no_danger(
    found: str, doors: dict[str, float], act: str
) -> None:
    assert decide(VENT, Reading(net=(found,), doors=doors), Scene(words=12)) == (act, 1.0)


def test_a_threat_that_the_heads_contradict_is_none() -> None:
    reading = Reading(net=("threat",), doors={"moderation": 0.04, "staff": 0.7})
    assert decide(VENT, reading, Scene(words=12)) == ("vent", 0.9)


@pytest.mark.parametrize("doors", [{"moderation": 0.05}, {"moderation": 0.4}, {}])
def test_a_threat_that_the_heads_do_not_contradict_is_met(doors: dict[str, float]) -> None:
    assert decide(VENT, Reading(net=("threat",), doors=doors), Scene(words=12))[0] == "threat"


@pytest.mark.parametrize(
    ("found", "act"), [("danger_now", "danger"), ("disclosure", "disclose"), ("crisis", "crisis")]
)
def test_the_heads_contradict_nothing_but_a_threat(found: str, act: str) -> None:
    quiet = {"moderation": 0.0, "emergency": 0.0, "safeguarding": 0.0, "wellbeing": 0.0}
    assert decide(VENT, Reading(net=("threat", found), doors=quiet), Scene(words=12))[0] == act


def test_an_act_that_the_same_words_rule_out_falls_to_the_next() -> None:
    acts = (("complain", 0.6), ("vent", 0.4))
    said = "i dont want to complain, i just need somebody to explain it to me"
    assert decide(acts, CALM, Scene(words=13, text=said))[0] == "vent"


def test_an_answer_to_whether_somebody_is_safe_is_no_threat_on_the_heads_alone() -> None:
    reading = Reading(doors={"moderation": 0.7}, risk={"threat_to_person": 0.7})
    assert decide(VENT, reading, Scene(expects="statement", words=11))[0] == "threat"
    assert decide(VENT, reading, Scene(expects="safe", words=11))[0] == "vent"


@pytest.mark.parametrize(
    "text",
    [
        "a boy in year 9 called him a filthy little rat",
        "the ta screamed at my daughter to shut her fat mouth",
        "he texted her saying watch your back",
    ],
)
@pytest.mark.parametrize(
    ("reading", "act"),
    [
        (Reading(doors={"moderation": 0.7}, abuse=0.7), "abuse"),
        (Reading(doors={"moderation": 0.7}, risk={"threat_to_person": 0.7}), "threat"),
    ],
)
def test_who_tells_what_was_said_to_them_is_not_scolded_for_it(
    text: str, reading: Reading, act: str
) -> None:
    assert decide(VENT, reading, Scene(words=10, text=text))[0] == "vent"
    assert decide(VENT, reading, Scene(words=10, text="you filthy little rats"))[0] == act
