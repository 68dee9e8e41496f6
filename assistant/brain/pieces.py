"""A long message read in pieces, because the readers learned from messages of a few sentences.

Up to 700 characters a message is read whole: that is what nearly all parents write. Beyond it the
matter drowns in talk, so its pieces are read apart and counted by how much each tells.
"""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from assistant.brain.heard import Heard, heard_of, signals_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LONG, PIECE = 700, 250  # characters
TALK = ("smalltalk", "out_of_scope")
"""Doors of a piece that tells nothing."""
_STEEP = 3
"""The power by which a piece that tells more counts more than the others."""
_RISK = "risk:"
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_MARKUP = re.compile(r"<[^<>]{1,200}>|\{[^{}]{0,300}\}")
_ORDER = re.compile(
    r"\b(?:(?:ignore|disregard|forget) (?:all |your |any |the )?(?:previous |prior |above )?"
    r"(?:instructions?|rules|prompts?)|developer mode|hidden prompt|system prompt|act as an? \w+|"
    r"(?:begin|end) override)\b",
    re.IGNORECASE,
)
_FEWEST = 3  # words


def pieces_of(text: str) -> list[str]:
    """Return the pieces that are read apart: of most messages the one, whole."""
    text = without_commands(text)
    if len(text) <= LONG:
        return [text]
    pieces = [""]
    for sentence in (part for each in _ENDS.split(text) for part in wrap(each, PIECE)):
        if pieces[-1] and len(pieces[-1]) + len(sentence) >= PIECE:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {sentence}".strip()
    return pieces


def without_commands(text: str) -> str:
    """Leave out markup and orders to a program, unless nothing else is said."""
    if not (_MARKUP.search(text) or _ORDER.search(text)):
        return text
    sentences = _ENDS.split(_MARKUP.sub(" ", text))
    left = " ".join(sentence for sentence in sentences if not _ORDER.search(sentence))
    return left if len(left.split()) >= _FEWEST else text


def together(heard: Sequence[Heard]) -> Heard:
    """Return what all pieces tell: half the piece that tells most, half all of them weighed.

    A sign of risk counts as in the piece where it is loudest.
    """
    if len(heard) == 1:
        return heard[0]
    telling = [_telling(one) for one in heard]
    most = heard[max(range(len(heard)), key=lambda place: telling[place])]
    whole = sum(value**_STEEP for value in telling)
    weights = [value**_STEEP / whole for value in telling]

    def both(of: Callable[[Heard], Mapping[str, float]]) -> dict[str, float]:
        rows = [of(one) for one in heard]
        return {
            name: (value + sum(w * row[name] for w, row in zip(weights, rows, strict=True))) / 2
            for name, value in of(most).items()
        }

    signals = both(_signals)
    risks = {name: max(_signals(one)[name] for one in heard) for name in signals if _RISK in name}
    return heard_of(both(_doors), {**signals, **risks}, both(lambda one: dict(one.acts)))


def _telling(heard: Heard) -> float:
    """Return how much a piece tells, over 0: its likeliest door, less what makes it mere talk."""
    doors = heard.reading.doors
    matter = max((score for door, score in doors.items() if door not in TALK), default=0.0)
    talk = max(doors.get(door, 0.0) for door in TALK)
    return max(matter * (1 - talk), 1e-3)


def _doors(heard: Heard) -> Mapping[str, float]:
    return heard.reading.doors


def _signals(heard: Heard) -> Mapping[str, float]:
    return signals_of(heard.reading)
