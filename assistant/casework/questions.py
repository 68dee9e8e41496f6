"""Which of the school's written answers a question asks for, seen from what was said before.

Words that are sure decide; where there are none, hints add up. After an answer, words that would
say little by themselves go on from it. The answers are ``utter_answer_<name>`` in ``domain.yml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant.casework.asked.after import AFTER, AGAIN, SPOKEN_OF
from assistant.casework.asked.complaints import COMPLAINTS
from assistant.casework.asked.hints import HINTS
from assistant.casework.asked.online import ONLINE
from assistant.casework.asked.outside import OUTSIDE, TOPIC_ROUTES
from assistant.casework.asked.status import asks_on
from assistant.casework.asked.talking import TALKING
from assistant.casework.kinds import Channel
from assistant.casework.plain_words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "GENERAL",
    "NOT_KNOWN",
    "OUTSIDE",
    "POINTERS",
    "TOPIC_ROUTES",
    "Spoken",
    "follows_up_status",
    "goes_on_from",
    "is_sure",
    "outside_answer",
    "which_answer",
    "which_outside_routes",
]

GENERAL = "how_it_works"
NO_MORE = "no_more"
NOT_KNOWN = "not_known"
"""Said when the general answer was given already and nothing points to another."""

_OUTSIDE_ANSWER = "outside_"
_AFTER = {name: patterns for each in AFTER.values() for name, patterns in each.items()}
_SURE: Mapping[str, tuple[str, ...]] = {**COMPLAINTS, **TALKING, **ONLINE}
_ALL = (_SURE, HINTS, _AFTER)

POINTERS: Mapping[str, tuple[str, ...]] = {
    **{name: tuple(p for one in _ALL for p in one.get(name, ())) for one in _ALL for name in one},
    **dict.fromkeys((name for name in AGAIN.values() if name != NO_MORE), ()),
    NOT_KNOWN: (),
}
"""Every written answer to all that may point to it; nothing points to a second wording."""


@dataclass(frozen=True)
class Spoken:
    """What was spoken of before a question.

    ``answer`` is the written answer or outside route given last, ``topic`` the one that points
    outside the school, ``channel`` the code of the answer before, ``posting`` whether the parent
    told of a post.
    """

    answer: str = ""
    topic: str = ""
    channel: str = ""
    posting: bool = False

    @property
    def of(self) -> str:
        """What a short question goes on from; empty when nothing is open."""
        if self.answer.startswith(_OUTSIDE_ANSWER):
            return self.answer.removeprefix(_OUTSIDE_ANSWER)
        if self.answer in SPOKEN_OF:
            return SPOKEN_OF[self.answer]
        if self.channel == Channel.STATUTORY.value:
            return TOPIC_ROUTES.get(self.topic, "")
        return "policy" if self.posting else ""


NOTHING = Spoken()


def which_answer(text: str, before: Spoken = NOTHING) -> str:
    """Return the name of the written answer that ``text`` asks for; the general one if none."""
    words = _words(text)
    found = _found(words, before)
    if not found:
        told = before.answer in {GENERAL, NO_MORE, NOT_KNOWN}
        return NOT_KNOWN if told else GENERAL
    again = AGAIN.get(found)
    return again if again and before.answer in {found, again} else found


def is_sure(text: str, before: Spoken = NOTHING) -> bool:
    """Whether ``text`` asks for one written answer in words that ask for nothing else."""
    words = _words(text)
    found = _found(words, before)
    return bool(found) and _strength(words, found, before)[0] > 0


def goes_on_from(text: str, before: Spoken) -> bool:
    """Whether ``text`` is a question that only what was spoken of before explains."""
    words = _words(text)
    return any(_count(words, patterns) for patterns in AFTER.get(before.of, {}).values())


def follows_up_status(text: str) -> bool:
    """Whether ``text`` asks on after a status: who has it, how long they have, where to go."""
    return asks_on(_words(text))


def outside_answer(route: str) -> str:
    """Return what is kept as the answer given last, when an outside route was named."""
    return _OUTSIDE_ANSWER + route


def which_outside_routes(text: str, topic: str | None) -> list[str]:
    """Return ids of outside routes that ``text`` points to, most likely first."""
    words = _words(text)
    weights = {name: _weight(words, patterns) for name, patterns in OUTSIDE.items()}
    if topic and topic in TOPIC_ROUTES:
        weights[TOPIC_ROUTES[topic]] += 0.9
    return [name for name in sorted(weights, key=lambda one: -weights[one]) if weights[name] > 0]


def _words(text: str) -> str:
    return plain(text).replace("'", "").replace("\n", " ").strip()


def _found(words: str, before: Spoken) -> str:
    """Return the answer that ``words`` point to most strongly, or nothing."""
    strengths = {name: _strength(words, name, before) for name in POINTERS}
    best = max(strengths, key=lambda name: strengths[name])
    return best if max(strengths[best]) > 0 else ""


def _strength(words: str, name: str, before: Spoken) -> tuple[int, float, float]:
    """Return how sure an answer is: 2 going on from before, 1 by itself, 0; then how often."""
    on = _count(words, AFTER.get(before.of, {}).get(name, ()))
    sure = _count(words, _SURE.get(name, ()))
    return (2 if on else int(sure > 0), on + sure, _weight(words, HINTS.get(name, ())))


def _count(words: str, patterns: Sequence[str]) -> int:
    return sum(bool(_compiled(pattern).search(words)) for pattern in patterns)


def _weight(words: str, patterns: Sequence[str]) -> float:
    """Add up the patterns that are found; a later one weighs less than an earlier one."""
    found = (place for place, pattern in enumerate(patterns) if _compiled(pattern).search(words))
    return sum(1 / (1 + 0.15 * place) for place in found)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
