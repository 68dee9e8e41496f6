"""Sort what a parent typed into separate points: one matter, whom it is about, and its door.

Neighbouring parts belong together until speech goes over to something else: by words that say so
("also", "another thing", a number, a new line), or by a topic that has nothing in common with what
came before. Greetings, swearing and the like tell nothing and stay with their neighbour. The
weights were fitted by logistic regression on messages of ``data/acceptance`` strung together.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.casework.parts import goes_over
from assistant.casework.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.casework.reading import Scores

CUE, FRESH_LINE, OWN, ALIKE, GOES_ON, STILL = 4.0, 2.0, 1.3, -2.3, -1.0, -0.6
"""What speaks for a new point (positive) and against it, together over 0 for one."""
NEXT_MESSAGE = 1.0
"""What a new message of the chat tells; less than a new line, as people send as they breathe."""
TELLS_AT = 0.1
"""From this probability of a topic a part says what it is about, however faintly."""
TELLING_WORDS = 4
"""Words from which a part that goes over to something else tells what it is."""
ABOUT_HEAD_AT = 0.6
CLEAR_AT, CLEAR_WORDS = 0.4, 6
"""From this probability of a topic, and in so many words, a point is clearly one."""
NO_MATTER = frozenset({"none", "social_media"})
LEAST = 0.05
"""Probabilities below are not kept."""
_GOES_ON = re.compile(
    r"\W*(?:(?:and|but|so|then|or|well) )?(?:he|she|they|it|its|it's|his|her|their|him|them|"
    r"because|cos|so|but|which|who|that|this|not|all|when|then|even|now|i'm|im|honestly)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """A part of a message; an empty ``reading`` was not heard by anybody.

    ``opens`` tells that it begins a message, ``alone`` that the message could not be read.
    """

    words: str
    reading: Mapping[str, Scores] = field(default_factory=dict)
    opens: bool = False
    alone: bool = False

    @property
    def topics(self) -> dict[str, float]:
        """The topics of something that happened."""
        found = self.reading.get("topics", {})
        return {name: score for name, score in found.items() if name not in NO_MATTER}


def kept_of(reading: Reading) -> dict[str, dict[str, float]]:
    """Return of a reading what sorting needs, small enough to be kept with the message."""
    kinds = {kind: getattr(reading, kind) for kind in ("doors", "topics", "about", "tried")}
    return {
        kind: {name: round(score, 2) for name, score in scores.items() if score >= LEAST}
        for kind, scores in kinds.items()
    }


def grouped(parts: Sequence[Part]) -> list[list[int]]:
    """Return the numbers of the parts of each point; each part is in exactly one, in order."""
    points: list[list[int]] = []
    topics: Counter[str] = Counter()
    cue = False
    waiting: list[int] = []
    for number, part in enumerate(parts):
        before = parts[number - 1].words if number else ""
        cue = cue or goes_over(part.words)
        told = _tells(part) or (cue and len(part.words.split()) >= TELLING_WORDS)
        if not part.alone and not told:
            waiting.append(number)
            continue
        ends_before = bool(points) and parts[points[-1][-1]].alone
        if not points or part.alone or ends_before or _is_new(part, topics, before, cue=cue):
            _give_back(points, waiting, parts, cue=cue)
            points.append([*waiting, number])
            topics = Counter()
        else:
            points[-1] += [*waiting, number]
        waiting, cue = [], False
        for name, score in part.topics.items():
            topics[name] = max(topics[name], score)  # type: ignore[assignment]
    if points:
        points[-1] += waiting
    return points or [waiting] * bool(waiting)


def plainly_several(parts: Sequence[Part]) -> int:
    """Return how many matters the parent plainly set apart themselves; 0 where not several.

    Asked for before a chat speaks of it: at least two that are clear, one begun with words that go
    over to it.
    """
    points = [[parts[number] for number in numbers] for numbers in grouped(parts)]
    clear = [point for point in points if _is_clear(point)]
    set_apart = any(goes_over(part.words) for point in clear[1:] for part in point[:2])
    return len(clear) if set_apart else 0


def _is_clear(point: Sequence[Part]) -> bool:
    words = sum(len(part.words.split()) for part in point)
    told = max((max(part.topics.values(), default=0.0) for part in point), default=0.0)
    return told >= CLEAR_AT and words >= CLEAR_WORDS


def _give_back(
    points: list[list[int]], waiting: list[int], parts: Sequence[Part], *, cue: bool
) -> None:
    """Leave what tells nothing with the point before, up to words that go over to the new."""
    while points and waiting:
        if cue and goes_over(parts[waiting[0]].words):
            return
        points[-1].append(waiting.pop(0))


def _tells(part: Part) -> bool:
    return max(part.topics.values(), default=0.0) >= TELLS_AT or _is_about_the_head(part)


def _is_about_the_head(part: Part) -> bool:
    return part.reading.get("about", {}).get("headteacher", 0.0) >= ABOUT_HEAD_AT


def _is_new(part: Part, topics: Mapping[str, float], before: str, *, cue: bool) -> bool:
    own = max(part.topics.values(), default=0.0)
    fresh = FRESH_LINE if before.endswith("\n") else NEXT_MESSAGE if part.opens else 0.0
    goes_on = not cue and bool(_GOES_ON.match(part.words))
    score = STILL + CUE * cue + fresh + OWN * own + ALIKE * alike(topics, part.topics)
    return score + GOES_ON * goes_on > 0


def alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two lists of topics, 0 (nothing in common) to 1."""
    both = sum(score * other.get(name, 0.0) for name, score in one.items())
    length = math.sqrt(_square(one.values()) * _square(other.values()))
    return both / length if length else 0.0


def reading_of(parts: Iterable[Part]) -> Reading:
    """Return what the parts of one point tell together, as one message; loudest counts.

    Doors are weighed by how much each part tells.
    """
    told = [part for part in parts if part.reading]
    if not told:
        return Reading()
    weights = [max(part.topics.values(), default=0.0) ** 2 + LEAST for part in told]
    doors: Counter[str] = Counter()
    for part, weight in zip(told, weights, strict=True):
        for name, score in part.reading.get("doors", {}).items():
            doors[name] += score * weight / sum(weights)  # type: ignore[assignment]
    return Reading(
        act="vent",
        confidence=0.5,
        doors=dict(doors),
        topics=_loudest("topics", told),
        about=_loudest("about", told),
        tried=_loudest("tried", told),
        words=sum(len(part.words.split()) for part in told),
    )


def _loudest(kind: str, parts: Iterable[Part]) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in parts:
        for name, score in part.reading.get(kind, {}).items():
            found[name] = max(found.get(name, 0.0), score)
    return found


def _square(scores: Iterable[float]) -> float:
    return sum(score * score for score in scores)


def louder(one: Reading, other: Reading) -> Reading:
    """Return what two points tell together."""
    return Reading(
        act="vent",
        confidence=0.5,
        doors=_louder(one.doors, other.doors),
        topics=_louder(one.topics, other.topics),
        about=_louder(one.about, other.about),
        tried=_louder(one.tried, other.tried),
        words=one.words + other.words,
    )


def _louder(one: Scores, other: Scores) -> dict[str, float]:
    return {name: max(one.get(name, 0.0), other.get(name, 0.0)) for name in {*one, *other}}
