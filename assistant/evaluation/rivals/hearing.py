"""Reads what a model hears, as Rasa's parse address tells it: doors, and how far out of scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import Channel
from assistant.evaluation.rivals.callers import Given, Hearing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Parsed = Mapping[str, Any]

BESIDE = 3
"""Doors beside the first that count as offered, as many as ours shows."""
BY_THE_CLASS, BY_THE_REST = "the door out_of_scope", "no door of the school"


def hear_all(url: str, texts: Sequence[str]) -> list[Parsed]:
    """Return the parsed messages of the model that is served at ``url``."""
    with Hearing(url) as hearing:
        return [hearing.hear(text) for text in texts]


def doors_of(parsed: Parsed) -> dict[str, float]:
    """Return a probability for each door, best first.

    Of a rival it is the intent's confidence, its own fallback left out, and Rasa names the best
    ten only; of ours the yes or no probability of each door before any rule.
    """
    if "reading" in parsed:
        doors = dict(parsed["reading"]["doors"])
    else:
        doors = {one["name"]: one["confidence"] for one in parsed["intent_ranking"]}
    known = {door: score for door, score in doors.items() if door in set(Channel)}
    return dict(sorted(known.items(), key=lambda pair: -pair[1]))


def ranked(parsed: Parsed) -> Given:
    """Return the most probable door and those after it."""
    first, *after = doors_of(parsed)
    return Given(first, tuple(after[:BESIDE]))


def strangeness(messages: Sequence[Parsed]) -> dict[str, list[float]]:
    """Return how far out of scope each message sounds, in the two ways that can be told.

    By the probability of the door ``out_of_scope`` (0 where Rasa does not name it), and by how
    improbable the most probable of all other doors is.
    """
    heard = [doors_of(parsed) for parsed in messages]
    return {
        BY_THE_CLASS: [doors.get(Channel.OUT_OF_SCOPE, 0.0) for doors in heard],
        BY_THE_REST: [1 - _most_in_scope(doors) for doors in heard],
    }


def _most_in_scope(doors: Mapping[str, float]) -> float:
    return max(
        (score for door, score in doors.items() if door != Channel.OUT_OF_SCOPE), default=0.0
    )
