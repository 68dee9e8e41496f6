"""Names of people in what a parent types, without a model and without inventing any.

A run of words is a name when nothing in it is an ordinary word (``common_words.txt``: words that
parents write in lower case). Whose name it is follows from the words around it and, failing
those, from the question that was asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.casework.details.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[.'’`\-][^\W\d_]+)*")
_PARTICLES = words(
    "de da do dos das del della di la le van von der den ter bin ibn binti bint al "
    "el abu ap mac st y e"
)
_ALSO_WORDS = words(
    "grace hope will mark may rose summer poppy jack bill rob sky faith joy amber "
    "ivy ruby daisy lily ray drew"
    " guy frank pat sue art april june august autumn jade pearl olive iris heather "
    "holly hazel dawn eve angel star"
    " reece blue river willow robin miles chase max finn archie storm bear rowan "
    "jasmine rosemary mercy prince destiny"
    " crystal melody honey noah kit bonnie dolly lacey harper hunter mason carter "
    "taylor jo jay kay bea dee sandy penny"
)
_NEVER = words(
    "i you he she it we they me him her us them my your his our their mine this that "
    "these those the a an and or but so"
    " if when then because as of in on at to for from by with about into is are was "
    "were be been being am im ive do does did"
    " have has had can could will would shall should may might must not no yes "
    "please thanks hi hello dear mr mrs miss ms dr sir madam"
    " year yr class form school teacher head mum dad mother father nan gran son "
    "daughter child phone number email mobile"
    " who what where why how which monday tuesday wednesday thursday friday saturday "
    "sunday january february march april june july"
    " september october november december tomorrow today tonight morning afternoon "
    "evening reception nursery aged age named called name"
    " sorry actually wait ok okay yeah also just only mate love ring call text "
    "meeting speak here now"
)
_TITLE = re.compile(
    r"\b(?P<title>mr|mrs|miss|ms|mx|dr|mister|sir|madam|prof)\b\.?[ "
    r"\t]+(?P<name>[^\W\d_]+(?:['’\-][^\W\d_]+)*)(?P<second>[ "
    r"\t]+[A-Z][^\W\d_]+(?:['’\-][^\W\d_]+)*)?",
    re.IGNORECASE,
)
_MOST_WORDS = 4
_POSSESSIVE = re.compile(r"['’]s$")
_CONTRACTED = re.compile(r"(?:n['’]t|['’](?:m|ll|ve|re|d))$", re.IGNORECASE)
_CUE = re.compile(
    r"\b(?:im|i'm|i am|name is|name's|this is|called|son|daughter|for|its|it's)\s+$", re.IGNORECASE
)
_LOWER_CASE_WORD = re.compile(r"(?<![\w'’\-])[^\W\d_A-Z]+(?:['’\-][^\W\d_]+)*")
_COUNTED = re.compile(r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b", re.IGNORECASE)
_SPELT_OUT = re.compile(r"\b(?:[A-Za-z][\s\-.,]){2,}[A-Za-z]\b")


@dataclass(frozen=True)
class NameRun:
    """A name as typed, where it stands, and whether it carries a title (Mrs Patel)."""

    text: str
    start: int
    end: int
    titled: bool = False


@cache
def common_words() -> frozenset[str]:
    """Return the ordinary words that are not taken for names."""
    text = files(__package__).joinpath("common_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def tidy(name: str) -> str:
    """Give a name in lower case its capitals; leave every other name as typed."""
    if not name.islower():
        return name
    words = [_capital(word, first=index == 0) for index, word in enumerate(name.split())]
    return " ".join(words)


def _capital(word: str, *, first: bool) -> str:
    if word in _PARTICLES and not first:
        return word
    return re.sub(r"(^|[-'’])(\w)", lambda m: m[1] + m[2].upper(), word)


def find_staff(text: str) -> list[NameRun]:
    """Return the names with a title ("Mr Khan", "Miss P"), in order."""
    return [run for match in _TITLE.finditer(text) if (run := _titled(match))]


def _titled(match: re.Match[str]) -> NameRun | None:
    title, name = match["title"], match["name"]
    ordinary = name.lower() in common_words() or name.lower() in _NEVER
    if ordinary and (name.islower() or title.islower() or name.lower() in _NEVER):
        return None
    if title.lower() in ("miss", "sir", "madam") and name in ("a", "i", "u", "it", "my", "me"):
        return None
    second = match["second"] or ""
    if second.strip().lower() in common_words() | _NEVER:
        second = ""
    whole = f"{title} {name}{second}"
    shown = f"{title.capitalize()} {name.title() if name.islower() else name}{second}"
    if not title.islower() and not name.islower():
        shown = whole
    return NameRun(shown, match.start(), match.start("name") + len(name) + len(second), titled=True)


def find_names(text: str, people: Sequence[str] = (), *, lower_case: bool = True) -> list[NameRun]:
    """Return the runs of up to four words that can only be a person's name, in order.

    Without ``lower_case`` a name must have its capital. ``people`` are names known already.
    """
    known = frozenset(word.lower() for person in people for word in person.split())
    if not lower_case:
        kept = known | _PARTICLES
        text = _LOWER_CASE_WORD.sub(
            lambda word: word[0] if word[0] in kept else "\x05" * len(word[0]), text
        )
    return list(_Runs(text, known, shouting=text.isupper()).read())


@dataclass(frozen=True)
class _Runs:
    """Reads names word by word; in a ``shouting`` text a capital says nothing."""

    text: str
    known: frozenset[str]
    shouting: bool

    def read(self) -> Iterator[NameRun]:
        current: list[re.Match[str]] = []
        for word in _WORD.finditer(self.text):
            if current and self._follows(current, word):
                current.append(word)
                continue
            yield from self._finished(current)
            current = [word] if self._begins(word) else []
        yield from self._finished(current)

    def _begins(self, word: re.Match[str]) -> bool:
        lower = _without_possessive(word[0])
        if lower in self.known:
            return True
        if lower in _ALSO_WORDS:
            return self._capital(word) or bool(_CUE.search(self.text[: word.start()]))
        return not (
            lower in _NEVER
            or lower in common_words()
            or _COUNTED.match(lower)
            or _CONTRACTED.search(word[0])
        )

    def _follows(self, current: list[re.Match[str]], word: re.Match[str]) -> bool:
        last, lower = current[-1][0], _without_possessive(word[0])
        if not self._adjoins(current[-1], word) or _POSSESSIVE.search(last):
            return False
        if lower in self.known or lower in _PARTICLES - {"y", "e", "do"}:
            return True
        if lower in _NEVER or _CONTRACTED.search(word[0]):
            return False
        if lower in common_words():
            return self._capital(word) and last[0].isupper()
        return self._capital(word) == self._capital(current[0]) or last.lower() in _PARTICLES

    def _adjoins(self, last: re.Match[str], word: re.Match[str]) -> bool:
        between = self.text[last.end() : word.start()]
        return between in (" ", "  ") or (between == ". " and len(last[0]) == 1)

    def _capital(self, word: re.Match[str]) -> bool:
        return word[0][0].isupper() and not self.shouting

    def _finished(self, words: list[re.Match[str]]) -> Iterator[NameRun]:
        while words and words[-1][0].lower() in _PARTICLES:
            words = words[:-1]
        if not words or len(words) > _MOST_WORDS:
            return
        start, end = words[0].start(), words[-1].end()
        if end - start > 1:
            yield NameRun(self.text[start:end], start, end)


def _without_possessive(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower())


def spelt_out(text: str) -> str | None:
    """Return a name that was spelt letter by letter ("C-A-I-T-L-I-N")."""
    match = _SPELT_OUT.search(text)
    if not match:
        return None
    letters = re.sub(r"[^A-Za-z]", "", match[0])
    return letters.capitalize()
