"""The reviewed net for risk: phrases that a safeguarding lead can read and change.

It runs in the web process, needs no model, and screens every sentence of every message.
``clear`` findings are plain statements; ``possible`` ones are
understated or doubtful and ask for a gentle question, never for silence. The phrases live in
``data/lexicon/risk.toml``, whose head explains how to write one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from assistant.casework.phrase_finder import Found, PhraseFinder
from assistant.casework.phrases import END, START, PhraseError, Places, read_phrase
from assistant.casework.plain_words import Sentence, plain, sentences
from assistant.casework.spelling import Speller

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class RiskKind(StrEnum):
    """What may be wrong; the names are part of the reading (``Reading.net``)."""

    DANGER_NOW = "danger_now"
    DISCLOSURE = "disclosure"
    THREAT = "threat"
    CRISIS = "crisis"


class LexiconError(ValueError):
    """The lexicon file cannot be used; the message names the file and the entry to mend."""


@dataclass(frozen=True)
class Screening:
    """What the net found in a text. A kind is in at most one of the two sets."""

    clear: frozenset[RiskKind] = frozenset()
    possible: frozenset[RiskKind] = frozenset()

    def names(self) -> tuple[str, ...]:
        """Return the kinds by name, in order of urgency; a possible one ends in ``?``."""
        marks = {**dict.fromkeys(self.possible, "?"), **dict.fromkeys(self.clear, "")}
        return tuple(kind.value + marks[kind] for kind in RiskKind if kind in marks)


@dataclass(frozen=True)
class Guard:
    """Words that take a finding back (``drops``) or make it doubtful.

    ``before`` and ``after`` are how many words away from the finding they may stand; ``inside``
    tells whether they also hold in the middle of its own words.
    """

    name: str
    before: int
    after: int
    drops: bool
    inside: bool = False

    def holds(self, guard: Found, sign: Found) -> bool:
        """Tell whether the guard's words stand close enough to the finding."""
        if guard.start > sign.end:
            return guard.start - sign.end <= self.after
        if guard.end < sign.start:
            return sign.start - guard.end <= self.before
        beyond = guard.start < sign.start or (guard.end > sign.end and self.after > 0)
        return beyond or self.inside


@dataclass(frozen=True)
class Sign:
    """One phrase's meaning: its kind, whether it is sure, and the guards that soften it."""

    kind: RiskKind
    sure: bool
    guards: frozenset[str]
    in_quotes: bool


QUOTED = Guard("quoted", 0, 0, drops=False)


class Lexicon:
    """The phrases, ready to screen texts. Build it once with ``load``; it holds no state."""

    def __init__(self, table: dict[str, Any]) -> None:
        """Build from the parsed file; raises ``LexiconError``."""
        groups = _groups(table)
        self._guards = [_guard(name, row) for name, row in table.get("guard", {}).items()]
        self._meanings: list[Guard | Sign] = []
        phrases = []
        for meaning, phrase in self._entries(table):
            rows = _read(phrase, groups)
            self._meanings.extend([meaning] * len(rows))
            phrases.extend(rows)
        self._finder = PhraseFinder(phrases, frozenset(table["denying"]))
        self._speller = Speller(
            self._finder.vocabulary, table.get("shorthand", {}), table.get("often_misspelt", ())
        )

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read a lexicon file; raises ``LexiconError`` naming the file and the entry."""
        try:
            return cls(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, LexiconError, KeyError, ValueError) as error:
            sentence = f"{path.name}: {error}"
            raise LexiconError(sentence) from error

    def screen(self, text: str) -> Screening:
        """Return the kinds of risk that ``text`` states or hints at, over all its sentences."""
        clear: set[RiskKind] = set()
        possible: set[RiskKind] = set()
        for sentence in sentences(text):
            for sign, sure in self._read_sentence(sentence):
                (clear if sure else possible).add(sign.kind)
        return Screening(frozenset(clear), frozenset(possible - clear))

    def explain(self, text: str) -> list[tuple[str, str, bool]]:
        """Return (kind, the words that matched, sure) for whoever tunes the phrases."""
        told = []
        for sentence in sentences(text):
            words, _ = self._spell(sentence)
            for sign, sure, found in self._judge(sentence):
                told.append((sign.kind.value, " ".join(words[found.start : found.end + 1]), sure))
        return told

    def _entries(self, table: dict[str, Any]) -> Iterable[tuple[Guard | Sign, str]]:
        for guard in self._guards:
            for phrase in table["guard"][guard.name]["says"]:
                yield guard, phrase
        for row in table["sign"]:
            for phrase in row["says"]:
                yield self._sign(row, phrase, table), phrase

    def _sign(self, row: dict[str, Any], phrase: str, table: dict[str, Any]) -> Sign:
        kind = RiskKind(row["kind"])
        defaults = table["guarded_by"][kind.value]
        guards = set(row.get("unless", defaults))
        if set(phrase.split()) & set(table["denying"]):
            guards.discard("denied")
        known = {guard.name for guard in self._guards} | {QUOTED.name}
        if guards - known:
            sentence = f"“{phrase}” names a guard that does not exist: {sorted(guards - known)}."
            raise LexiconError(sentence)
        return Sign(kind, bool(row["sure"]), frozenset(guards), QUOTED.name not in guards)

    def _read_sentence(self, sentence: Sentence) -> Iterable[tuple[Sign, bool]]:
        return ((sign, sure) for sign, sure, _ in self._judge(sentence))

    def _judge(self, sentence: Sentence) -> Iterable[tuple[Sign, bool, Found]]:
        words, quoted = self._spell(sentence)
        found = list(self._finder.find(words))
        guards = [(m, f) for f in found if isinstance(m := self._meanings[f.phrase], Guard)]
        for one in found:
            sign = self._meanings[one.phrase]
            if isinstance(sign, Sign):
                holding = [g for g, at in guards if g.name in sign.guards and g.holds(at, one)]
                if not sign.in_quotes and one.end in quoted:
                    holding.append(QUOTED)
                if not any(guard.drops for guard in holding):
                    yield sign, sign.sure and not holding, one

    def _spell(self, sentence: Sentence) -> tuple[list[str], frozenset[int]]:
        words: list[str] = [START]
        quoted: set[int] = set()
        for position, word in enumerate(sentence.words):
            spelt = self._speller.spell(word)
            if position in sentence.quoted:
                quoted.update(range(len(words), len(words) + len(spelt)))
            words.extend(spelt)
        return [*words, END], frozenset(quoted)


def _groups(table: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Read the word groups; those under ``people`` also match with an s (dads, dad's)."""
    groups = {name: frozenset(map(plain, words)) for name, words in table["words"].items()}
    for name, words in table["people"].items():
        singular = frozenset(map(plain, words))
        groups[name] = singular | {word + "s" for word in singular}
    for name, parts in table.get("together", {}).items():
        groups[name] = frozenset().union(*(groups[part] for part in parts))
    return groups


def _guard(name: str, row: dict[str, Any]) -> Guard:
    return Guard(
        name,
        before=int(row.get("before", 0)),
        after=int(row.get("after", 0)),
        drops=bool(row["drops"]),
        inside=bool(row.get("inside", False)),
    )


def _read(phrase: str, groups: dict[str, frozenset[str]]) -> list[Places]:
    try:
        return read_phrase(phrase, groups)
    except PhraseError as error:
        raise LexiconError(str(error)) from error
