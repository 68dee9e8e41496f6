"""Hide other people in a text: where the masks lie, what a person ruled on them, what is left.

A mask covers a stretch of the text and says what stands there instead. The program's masks are a
draft; each ruling of a person is applied after them, in order, so the last word is theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import Labelled
from assistant.casework.search_words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WITHHELD = "[This part is held back]"
HIDDEN_BY_HAND = "hidden"


class RulingKind(Labelled):
    """What a person decided about a mask or about a whole passage."""

    HIDE = "hide", "Hide these words"
    SHOW = "show", "Show these words"
    WITHHOLD = "withhold", "Hold the whole passage back"
    RELEASE = "release", "Let the passage be read"


@dataclass(frozen=True)
class Mask:
    """Characters ``start`` to ``end`` (not included) are hidden; ``label`` stands for them."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Ruling:
    """A decision on ``phrase`` in the passage with the key ``passage``, or in all when empty."""

    kind: RulingKind
    passage: str = ""
    phrase: str = ""


@dataclass(frozen=True)
class Segment:
    """A stretch of a text; ``label`` is empty where it is shown."""

    words: str
    label: str = ""


def after_rulings(text: str, masks: Iterable[Mask], rulings: Sequence[Ruling]) -> tuple[Mask, ...]:
    """Return the masks once the person's rulings were applied, in their order."""
    found = merged(masks)
    for ruling in rulings:
        if ruling.kind is RulingKind.SHOW:
            wanted = plain(ruling.phrase)
            found = tuple(each for each in found if plain(text[each.start : each.end]) != wanted)
        elif ruling.kind is RulingKind.HIDE:
            by_hand = [Mask(*span, HIDDEN_BY_HAND) for span in spans_of(text, ruling.phrase)]
            found = merged([*found, *by_hand])
    return found


def is_withheld(rulings: Sequence[Ruling], *, at_first: bool) -> bool:
    """Tell whether the passage is held back: the last ruling counts, else what it was at first."""
    kinds = [each.kind for each in rulings]
    last = next((kind for kind in reversed(kinds) if kind in OF_PASSAGES), None)
    return at_first if last is None else last is RulingKind.WITHHOLD


def merged(masks: Iterable[Mask]) -> tuple[Mask, ...]:
    """Return masks that do not overlap; the label of the one that begins first stays."""
    kept: list[Mask] = []
    for mask in sorted(masks, key=lambda each: (each.start, -each.end)):
        if kept and mask.start < kept[-1].end:
            last = kept.pop()
            kept.append(Mask(last.start, max(last.end, mask.end), last.label))
        else:
            kept.append(mask)
    return tuple(kept)


def segments(text: str, masks: Sequence[Mask]) -> tuple[Segment, ...]:
    """Cut the text at its masks; together the words of the segments are the text."""
    cut, at = [], 0
    for mask in masks:
        cut += [Segment(text[at : mask.start]), Segment(text[mask.start : mask.end], mask.label)]
        at = mask.end
    return tuple(each for each in (*cut, Segment(text[at:])) if each.words)


def what_is_left(parts: Sequence[Segment]) -> str:
    """Return the text with each mask's label in square brackets instead of its words."""
    return "".join(f"[{part.label}]" if part.label else part.words for part in parts)


def spans_of(text: str, phrase: str, *, exact_case: bool = False) -> list[tuple[int, int]]:
    """Return where ``phrase`` stands in the text as whole words, whatever its spaces.

    Letter case counts only with ``exact_case``. An empty phrase stands nowhere.
    """
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    if not words:
        return []
    flags = re.NOFLAG if exact_case else re.IGNORECASE
    return [each.span() for each in re.finditer(rf"(?<!\w){words}(?!\w)", text, flags)]


OF_PASSAGES = (RulingKind.WITHHOLD, RulingKind.RELEASE)
