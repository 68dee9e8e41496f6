"""What can be told of a message in another language without understanding it.

A small reviewed table of word beginnings a language (``data/lexicon/languages.toml``, whose head
explains how to write one). It is a net under the greeting and the interpreter, not a translation:
danger and harm are found when they are said openly, and the few things that lead to another door
than a talk with staff.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel
from assistant.casework.lexicon import RiskKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

KINDS = frozenset(
    "adult child harm grave danger dying service complaint head speak".split()  # noqa: SIM905
)
LIKELY, BESIDE = 0.8, 0.2
_ENDS = re.compile(r"[.!?;\n؟।]+")
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0655\u0670\u0640\u200c\u200d]")
"""Accents of Latin and Cyrillic letters, Arabic vowel signs, and joiners that show nothing."""
_ARTICLE = re.compile(r"(?<!\S)و?ال(?=\S{3})")
"""The Arabic article, and the "and" before it, which are written with the word."""
_ALIKE = str.maketrans("łıøđ’", "liod'")

Phrase = tuple[str, ...]


class PhrasebookError(ValueError):
    """The file cannot be used; the message names the file and what to mend."""


@dataclass(frozen=True)
class Told:
    """What was found: kinds of risk as ``Screening.names`` writes them, and the doors' scores."""

    net: tuple[str, ...]
    doors: Mapping[Channel, float]
    about_head: bool = False


class Phrasebook:
    """The tables of all languages, ready to read messages; it holds no state."""

    def __init__(self, tables: Mapping[str, Mapping[str, Sequence[Phrase]]]) -> None:
        self._tables = tables

    @classmethod
    def load(cls, path: Path) -> Phrasebook:
        """Read the file; raises ``PhrasebookError`` naming the language and what is wrong."""
        try:
            languages = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            sentence = f"{path.name}: {error}"
            raise PhrasebookError(sentence) from error
        for code, table in languages.items():
            if set(table) != KINDS:
                wrong = ", ".join(sorted(set(table) ^ KINDS))
                sentence = f"{path.name}: [{code}] lacks, or has too much: {wrong}."
                raise PhrasebookError(sentence)
        return cls(
            {
                code: {kind: [_phrase(one) for one in said] for kind, said in table.items()}
                for code, table in languages.items()
            }
        )

    @property
    def languages(self) -> frozenset[str]:
        """The codes of the languages that have a table."""
        return frozenset(self._tables)

    def hear(self, text: str, language: str) -> Told:
        """Return what ``text`` tells in ``language``; a talk with staff where nothing is found."""
        table = self._tables.get(language, {})
        sentences = [_kinds_in(sentence, table) for sentence in _ENDS.split(text)]
        found = frozenset[str]().union(*sentences)
        return Told(_risks(sentences, found), _doors(found), _about_head(found))


def _risks(sentences: Sequence[frozenset[str]], found: frozenset[str]) -> tuple[str, ...]:
    risks = {RiskKind.DANGER_NOW: "" if "danger" in found else None}
    by_adult = any({"adult", "harm"} <= kinds for kinds in sentences)
    child_dying = any({"child", "dying"} <= kinds for kinds in sentences)
    if "grave" in found or by_adult or child_dying:
        risks[RiskKind.DISCLOSURE] = ""
    elif "harm" in found:
        risks[RiskKind.DISCLOSURE] = "?"
    if "dying" in found and not child_dying:
        risks[RiskKind.CRISIS] = ""
    return tuple(kind.value + mark for kind, mark in risks.items() if mark is not None)


def _doors(found: frozenset[str]) -> Mapping[Channel, float]:
    likely = Channel.STAFF
    if "complaint" in found:
        likely = Channel.COMPLAINT
    elif "head" in found:
        likely = Channel.GOVERNORS if _about_head(found) else Channel.HEADTEACHER
    elif "service" in found:
        likely = Channel.SERVICE
    return {Channel.STAFF: BESIDE, Channel.HEADTEACHER: BESIDE, likely: LIKELY}


def _about_head(found: frozenset[str]) -> bool:
    """Whether the head is named by somebody who does not ask to speak to the head."""
    return "head" in found and "speak" not in found


def _kinds_in(sentence: str, table: Mapping[str, Sequence[Phrase]]) -> frozenset[str]:
    words = _words(sentence)
    return frozenset(
        kind for kind, phrases in table.items() if any(_stands_in(one, words) for one in phrases)
    )


def _stands_in(phrase: Phrase, words: Sequence[str]) -> bool:
    places = range(len(words) - len(phrase) + 1)
    return any(
        all(words[at + step].startswith(begin) for step, begin in enumerate(phrase))
        for at in places
    )


def _phrase(written: str) -> Phrase:
    """Read ``"bil "`` as that word alone, and anything else as beginnings of words."""
    *first, last = (word.rstrip() for word in _words(written))
    return (*first, f"{last} " if written.endswith(" ") else last)


def _words(text: str) -> list[str]:
    """Return the words in small letters without accents, each with a space after it."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_ALIKE)
    spaced = "".join(each if _is_of_a_word(each) else " " for each in plain)
    return [f"{word} " for word in _ARTICLE.sub("", spaced).split()]


def _is_of_a_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN" or letter == "'"
