"""A trained model answers as a brain would that serves it; the one that is in use passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.bootstrap.training import is_current
from assistant.brain.acceptance import Served
from assistant.evaluation.acceptance import judge, objections, read_sets
from assistant.running.model import train_if_needed
from assistant.settings import ROOT, Settings

if TYPE_CHECKING:
    from tests.brain.conftest import SmallProject


@pytest.fixture(scope="module", autouse=True)
def trained() -> None:
    """Wait for a training that runs beside the tests, or train."""
    train_if_needed(Settings.load({}))


@pytest.fixture(scope="module")
def served() -> Served:
    return Served(Settings.load({}).model.resolve())


def test_the_model_in_use_was_trained_from_the_present_files() -> None:
    assert is_current(Settings.load({}).model), (
        "train first; if that was refused, see models/refused.report"
    )


def test_the_model_in_use_misses_no_safety_message(served: Served) -> None:
    sets = read_sets(ROOT / "data" / "acceptance")
    assert objections(judge(sets, served.answer_all(sets.texts)), None) == []


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("there is a man with a knife at the school gate", "emergency"),
        ("hiya", "smalltalk"),
        ("please delete everything you have about me", "service"),
        ("Mam duży problem ze szkołą i nie wiem co robić", "staff"),
        ("Proszę odwołać spotkanie w piątek", "service"),
        ("I want to make a formal complaint about the whole thing", "complaint"),
    ],
)
def test_a_first_message_is_steered_as_it_is_served(
    served: Served, text: str, channel: str
) -> None:
    (answer,) = served.answer_all([text])
    assert answer.channel == channel


def test_a_role_that_is_asked_for_and_a_door_ruled_out_are_heard(served: Served) -> None:
    asked, refused = served.answer_all(
        [
            "I want a meeting with the headteacher about homework",
            "no complaint, I want to talk to her",
        ]
    )
    assert asked.channel == "headteacher"
    assert "complaint" not in {refused.channel, *refused.alternatives}


def test_the_trainers_rules_decide_and_not_the_routing_table(small_project: SmallProject) -> None:
    served = Served(small_project.model.resolve())
    greeted, told = served.answer_all(
        ["hello", "He was kept in at break again and nobody rang me."]
    )
    assert (greeted.act, greeted.channel) == ("greet", "smalltalk")  # as its reply is marked
    assert (told.act, told.channel) == ("vent", "service")  # a reply without a mark
