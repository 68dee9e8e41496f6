"""What a parent typed, made safe to store, to show and to read, without losing a word of it.

Two forms of one message: ``tidy`` is kept whole in the transcript and the draft; ``for_brain``
is what the brain reads: no command prefix, no endless runs, at most ``BRAIN_CHARACTERS``.
"""

from __future__ import annotations

import re
import unicodedata

BRAIN_CHARACTERS = 2_000
"""The longest text the brain reads; its tokenizer is quadratic in runs of symbols."""

LONGEST_RUN = 8
LONGEST_TANGLE = 32
_HEAD_SHARE = 0.45  # The real issue of a long rant is often in its last third.

_KEPT_CONTROLS = frozenset("\n\t")
_KEPT_JOINERS = frozenset("\u200c\u200d")  # Persian and emoji are spelt with these two.
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_SAME_SYMBOL = re.compile(rf"(\S)\1{{{LONGEST_RUN},}}")
_TANGLE = re.compile(rf"([^\w\s]{{{LONGEST_TANGLE}}})[^\w\s]+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*\s+|\n+")
_SLASHES = "/\u2044\u2215\u29f8\uff0f"
_DRAWN_AS_NOTHING = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0"
)
_BEFORE_WORDS = re.compile(rf"^[\s{_SLASHES}{_DRAWN_AS_NOTHING}]+")


def tidy(text: str) -> str:
    """Return ``text`` with line ends and spaces made plain and invisible tricks removed.

    Removed: NUL and other controls, bidi and other format characters, lone surrogates.
    Nothing that can be read is removed or shortened.
    """
    lines = _LINE_ENDS.sub("\n", text)
    return "".join(_plain(character) for character in lines).strip()


def for_brain(text: str) -> str:
    """Return the text the brain reads: tidied, never a command, within ``BRAIN_CHARACTERS``.

    Rasa obeys typed text that starts with a slash, so slashes, what looks like one and whatever
    is wrapped around them go first. May be empty when nothing can be read.
    """
    words = _BEFORE_WORDS.sub("", tidy(text))
    return head_and_tail(_shorten_runs(words))


def head_and_tail(text: str, limit: int = BRAIN_CHARACTERS) -> str:
    """Return ``text``, or its beginning and end cut at sentence ends to ``limit`` characters."""
    if len(text) <= limit:
        return text
    head_room = int(limit * _HEAD_SHARE)
    head = _whole_sentences_from_start(text[:head_room])
    tail = _whole_sentences_to_end(text[-(limit - head_room - 1) :])
    return f"{head}\n{tail}"


def has_words(text: str) -> bool:
    """Tell whether anything but spaces and invisible characters was typed."""
    return bool(tidy(text).strip("\u200c\u200d \n\t"))


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in _KEPT_CONTROLS or character in _KEPT_JOINERS:
        return character
    if category == "Zs":
        return " "
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category in {"Cc", "Cf"} else character


def _shorten_runs(text: str) -> str:
    fewer = _SAME_SYMBOL.sub(lambda run: run.group(1) * LONGEST_RUN, text)
    return _TANGLE.sub(r"\1", fewer)


def _whole_sentences_from_start(text: str) -> str:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return text[: ends[-1] if ends else _last_space(text)].rstrip()


def _whole_sentences_to_end(text: str) -> str:
    first = _SENTENCE_END.search(text)
    return text[first.end() if first and first.end() < len(text) else text.find(" ") + 1 :].lstrip()


def _last_space(text: str) -> int:
    space = text.rfind(" ")
    return space if space > 0 else len(text)
