"""Cut what a parent typed into small parts, so that each can be read and sorted by itself.

The parts cover the text: nothing is lost, nothing stands in two of them. Sentences and lines are
parts; a stretch without full stops (voice typing) is cut where a spoken sentence turns, then
between words, and only a word that never ends is cut inside, never within one drawn character.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]
"""From the first character to the one after the last."""

LONGEST = 240
"""Characters of a part, while the text has fewer than ``MOST`` of them."""
MOST = 100
"""Parts of a text, roughly: in a text too long for so many, each part is longer."""
FEWEST = 60
"""Characters from which a stretch without full stops is cut at a turn of speech."""

_JOINERS = "\u200c\u200d\ufe0e\ufe0f\u20e3"
_SKIN = ("\U0001f3fb", "\U0001f3ff")
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_SENTENCE = re.compile(r"(?<![.!?…。؟])[.!?…。؟]++[\"'”’)\]]*+\s+|\n+\s*")
"""A run of a hundred thousand marks is looked at once; nothing of it is taken back."""
_ANOTHER = (
    r"(?:oh )?(?:and )?(?:another|one more|the (?:other|next|second|third|last|final)) thing\b|"
    r"(?:and |oh ){0,3}also\b|(?:and )?on top of (?:that|this|all)|"
    r"(?:and |but |oh ){0,3}then there(?:'|’)?s\b|"
    r"(?:and )?as (?:for|regards)\b|(?:and )?(?:second|third|first|last|final)ly\b|"
    r"(?:and )?not to mention|(?:and )?while i(?:'|’)?m (?:at it|on)|(?:oh and|and plus|plus)\b|"
    r"(?:and )?apart from that|(?:and )?besides\b|(?:and )?separately\b|(?:and )?(?:don(?:'|’)?t )?"
    r"(?:even )?get me started|(?:and )?next up\b|(?:and )?my other (?:issue|problem|point|worry)|"
    r"(?:and )?the other (?:issue|problem|point|worry)|"
    r"(?:first|second|third) (?:off|up|thing)\b"
)
ANOTHER = re.compile(rf"(?<!\S)(?:{_ANOTHER})", re.IGNORECASE)
"""Words with which people go over to the next matter."""
_NUMBERED = re.compile(r"(?:one|two|three|four|five) ?[:)]|\d{1,2}[.)](?!\d)", re.IGNORECASE)
_BULLET = " \t\n-*•–("
_TURN = re.compile(
    r"[,;:–—]\s+|\s(?=(?:and|but|because|cos|so|then|or|well|anyway)\s)", re.IGNORECASE
)


def parts_of(text: str) -> tuple[Span, ...]:
    """Return the spans of the parts, in order; together they are the whole text."""
    longest = max(LONGEST, len(text) // MOST)
    cuts = [cut for start, end in _sentences(text) for cut in _within(text, start, end, longest)]
    if len(text) > LONGEST * MOST:
        cuts = _fewer(cuts, longest)
    return tuple(zip([0, *cuts], cuts, strict=False))


def goes_over(words: str) -> bool:
    """Whether a part begins with words or a number by which people go over to the next matter."""
    start = words.lstrip(_BULLET)
    return bool(ANOTHER.match(start) or _NUMBERED.match(start))


def _fewer(cuts: list[int], longest: int) -> list[int]:
    """Leave out cuts that stand close together; the last, the end of the text, stays."""
    kept = [0]
    for cut, following in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        if following - kept[-1] > longest or cut == cuts[-1]:
            kept.append(cut)
    return kept[1:]


def _sentences(text: str) -> Iterator[Span]:
    """Yield sentences and lines, each with the space after it."""
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, found.end()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _within(text: str, start: int, end: int, longest: int) -> Iterator[int]:
    """Yield the ends of the parts of one sentence, its own end last."""
    for turn in ANOTHER.finditer(text, start, end):
        if turn.start() - start >= FEWEST // 2:
            yield from _shorter(text, start, turn.start(), longest)
            start = turn.start()
    yield from _shorter(text, start, end, longest)


def _shorter(text: str, start: int, end: int, longest: int) -> Iterator[int]:
    """Yield the ends of pieces that are short enough, ``end`` last."""
    while end - start > longest // 2:
        cut = _turn_after(text, start, end, longest) or _hard_cut(text, start, end, longest)
        if cut is None:
            break
        yield cut
        start = cut
    yield end


def _turn_after(text: str, start: int, end: int, longest: int) -> int | None:
    """Return where speech turns, so that both sides are long enough to tell something."""
    for turn in _TURN.finditer(text, start + FEWEST, min(end - FEWEST // 2, start + longest)):
        return turn.end()
    return None


def _hard_cut(text: str, start: int, end: int, longest: int) -> int | None:
    """Return a cut between words, or inside a word that is too long for one part."""
    if end - start <= longest:
        return None
    space = text.rfind(" ", start + FEWEST, start + longest)
    if space > 0:
        return space + 1
    for cut in range(start + longest, end):
        if not _is_inside(text, cut):
            return cut
    return None


def _is_inside(text: str, cut: int) -> bool:
    """Whether the characters beside the cut are drawn as one (Unicode TR 29, simplified)."""
    before, after = text[cut - 1], text[cut]
    if after in _JOINERS or before == "\u200d" or _SKIN[0] <= after <= _SKIN[1]:
        return True
    if unicodedata.category(after) in {"Mn", "Me", "Mc"}:
        return True
    return _FLAGS[0] <= after <= _FLAGS[1] and _FLAGS[0] <= before <= _FLAGS[1]
