"""Find other people in a text: names of records, of staff, and whatever can only be a name.

No model is at hand here, so what looks like a name is hidden rather than shown, and a person looks
at each. Staff are called by their role; the person's own names stay, if nothing else stands by
them ("Finn Carter" is hidden from the mother of Finn Whitlock).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from assistant.casework.details.names import common_words, find_names, find_staff
from assistant.casework.masking import Mask, merged, spans_of
from assistant.casework.search_words import plain, words_of
from assistant.services.who_is_meant import ALIKE, TITLED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.casework.details.names import NameRun
    from assistant.casework.school import School
    from assistant.services.disclosure_shapes import DataSubject

A_NAME, A_PHONE, AN_ADDRESS, A_REFERENCE = (
    "a name",
    "a phone number",
    "an e-mail address",
    "another record",
)
EMAIL = re.compile(r"(?<![^\s@<>(),;:\"])[^\s@<>(),;:\"]++@[\w-]++(?:\.[\w-]++)+")
"""Begins where a word begins and never goes back: a long word costs its length, not its square."""
WORD = re.compile(r"[^\W\d_]++(?:['’`-][^\W\d_]++)*+")
PHONE = re.compile(r"(?<![\w-])(?!\d{1,4}-\d{1,2}-\d{1,4}\b)\+?\d[\d ()-]{4,16}\d(?!\w)")
"""Six digits or more that are no date."""
REFERENCE = re.compile(r"\bSG(?:-[0-9A-Z]{3}){3}\b", re.IGNORECASE)
MARKS = ((EMAIL, AN_ADDRESS), (PHONE, A_PHONE), (REFERENCE, A_REFERENCE))
SHORTEST_PART = 3
NO_NAMES = frozenset(
    {"e-mail", "e-mails", "ehcp", "echp", "senco", "send", "dsl", "ofsted", "sats", "ta", "pe"}
)
"""Words of schools and letters that look like names to who knows ordinary words alone."""
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "rev", "father", "canon"})


@dataclass(frozen=True)
class Finder:
    """Finds the masks of one person's copy.

    ``own`` are the words of their own names; ``own_marks`` their phone, e-mail and references,
    plain; ``known`` maps the names of others to what stands for them; ``staff`` maps every name of
    a colleague to the role.
    """

    own: frozenset[str]
    own_marks: frozenset[str]
    known: Mapping[str, str]
    staff: Mapping[str, str]

    def masks_in(self, text: str) -> tuple[Mask, ...]:
        """Return every mask of the text, in order; none lies over another."""
        found = [*self._known(text), *self._runs(text), *self._marks(text)]
        shown = self._own_marks(text)
        return merged(
            each for each in found if not any(a <= each.start and each.end <= b for a, b in shown)
        )

    def _known(self, text: str) -> Iterator[Mask]:
        """Yield where a name that is known stands, and each of its parts.

        A lone part is not put down to a colleague: a child may be called the same.
        """
        for names, of_staff in ((self.known, False), (self.staff, True)):
            for name, label in names.items():
                yield from self._where(text, name, label)
                for part in _parts(name):
                    yield from self._where(text, part, A_NAME if of_staff else label)

    def _where(self, text: str, name: str, label: str) -> Iterator[Mask]:
        ordinary = name.casefold() in common_words()
        for start, end in spans_of(text, name, exact_case=ordinary):
            if not self._is_own(text[start:end]):
                yield Mask(start, end, label)

    def _runs(self, text: str) -> Iterator[Mask]:
        for run in (*find_staff(text), *find_names(text)):
            words = text[run.start : run.end]
            if words.lower() not in NO_NAMES and not self._is_own(words):
                yield Mask(run.start, run.end, self._label(run))
        yield from self._lone_names(text)

    def _lone_names(self, text: str) -> Iterator[Mask]:
        """Yield the names word by word: of many that stand in a row ``find_names`` reads none."""
        for found in WORD.finditer(text):
            word = found[0]
            if word.lower() not in NO_NAMES and not self._is_own(word) and _is_name(word):
                yield Mask(*found.span(), A_NAME)

    def _marks(self, text: str) -> Iterator[Mask]:
        for pattern, label in MARKS:
            for found in pattern.finditer(text):
                if not marks_of(found[0]) & self.own_marks:
                    yield Mask(*found.span(), label)

    def _own_marks(self, text: str) -> list[tuple[int, int]]:
        found = (each for pattern, _ in MARKS for each in pattern.finditer(text))
        return [each.span() for each in found if marks_of(each[0]) & self.own_marks]

    def _is_own(self, words: str) -> bool:
        """Tell whether nothing but the person's own names stands here, their title included."""
        pieces = [plain(piece) for piece in re.split(r"[\s.]+", re.sub(r"['’]s\b", "", words))]
        return all(piece in self.own for piece in pieces if piece)

    def _label(self, run: NameRun) -> str:
        names = {**self.known, **self.staff}
        match = process.extractOne(
            run.text, list(names), scorer=fuzz.ratio, processor=utils.default_process,
            score_cutoff=ALIKE,
        )  # fmt: skip
        return names[match[0]] if match else A_NAME


def finder_for(
    school: School,
    person: DataSubject,
    names: Mapping[str, str],
    references: frozenset[str],
) -> Finder:
    """Return a finder that hides ``names`` (of the records, with labels) and the staff."""
    marks = (person.email, person.phone, school.phone, school.email, *references)
    return Finder(
        own=frozenset(plain(word) for name in person.own_names for word in name.split()),
        own_marks=frozenset(mark for each in marks if each for mark in marks_of(each)),
        known=names,
        staff={
            called: each.role.label
            for each in school.people
            for called in (each.known_as, each.name, *each.nicknames)
            if not called.startswith("the ")  # "the office" is no name
        },
    )


def marks_of(written: str) -> frozenset[str]:
    """Return what an address, a number or a reference is compared by."""
    if "@" in written:
        return frozenset({plain(written)})
    if REFERENCE.fullmatch(written):
        return frozenset({written.upper()})
    phones = words_of(names=(), phone=written, email="", class_name="")
    return frozenset({max(phones, key=len)}) if phones else frozenset()


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two full names are the same words: alike is not enough for "Dan" and "Dana"."""
    return bool(one.strip()) and {*plain(one).split()} == {*plain(other).split()}


@lru_cache(maxsize=4096)
def _is_name(word: str) -> bool:
    """Tell whether the word by itself can only be a name."""
    return any(run.text == word for run in find_names(word))


def _parts(name: str) -> list[str]:
    """Return the words of a name that hide it each by itself: no title, no initial, no "the"."""
    bare = TITLED.sub(lambda found: found[2], name)
    long = (word for word in bare.split() if len(word) >= SHORTEST_PART)
    return [word for word in long if not word.islower() and plain(word) not in TITLES]
