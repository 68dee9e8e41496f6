"""The loader of the button, with the school's rules written into it.

The rules travel inside the script that the page asks for anyway: one request, no cookie, nobody
asked who they are, and nothing at all waits for a second answer. What depends on the hour is
decided here, by the school's clock and not the visitor's, and the answer is kept no longer than
until the school next opens or closes. Each language has a loader of its own, so that no page
carries the words of another.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.casework.embed import LABELS, is_open, seconds_until_change
from assistant.casework.school import SchoolFileError
from assistant.web.languages import ENGLISH
from assistant.web.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.embed import Embed
    from assistant.casework.school import School
    from assistant.web.languages import Language

PLACE = "__SCHOOL__"
MOST_BYTES = 2048
"""What the loader may weigh, gzipped: a page of the school's is never slower for it."""
FIVE_MINUTES = 300
BESIDE_OPERATORS = re.compile(r" (=>|=|===|\?|:|&&|\?\?) ")
AFTER_MARKS = re.compile(r"([{};:,])[ \n]")
BEFORE_BRACES = re.compile(r"[ \n](?=[{}])|;(?=\})")
BEFORE_CONDITIONS = re.compile(r"\bif \(")


@dataclass(frozen=True)
class Script:
    """The loader as it is sent: bytes, gzipped bytes and their tag (RFC 9110, section 8.8.3)."""

    body: bytes

    @cached_property
    def zipped(self) -> bytes:
        """The bytes as most browsers take them."""
        return gzip.compress(self.body, mtime=0)

    @cached_property
    def tag(self) -> str:
        """A weak tag, the same for either form."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class Loader:
    """The loader in each language, when the school is open and when it is closed."""

    def __init__(
        self,
        source: str,
        school: School,
        calendar: SchoolCalendar,
        languages: Collection[Language] = (ENGLISH,),
    ) -> None:
        """Take the script's ``source`` and the languages of the pages.

        Raises ``SchoolFileError`` when the rules are too many, or when the school gives words in a
        language that no page is in.
        """
        _refuse_unknown(school, languages)
        self._school, self._calendar = school, calendar
        self._scripts = {
            (each.code, is_open): Script(_filled(source, _rules(school, each, is_open=is_open)))
            for each in languages
            for is_open in (True, False)
        }
        self._refuse_heavy()

    def at(self, now: datetime, language: Language = ENGLISH) -> tuple[Script, int]:
        """Return the script that holds at an aware instant, and for how many seconds."""
        seconds = seconds_until_change(self._school, self._calendar, now, FIVE_MINUTES)
        return self._scripts[language.code, is_open(self._school, self._calendar, now)], seconds

    def _refuse_heavy(self) -> None:
        weights = {len(script.zipped): code for (code, _), script in self._scripts.items()}
        heaviest = max(weights)
        if heaviest > MOST_BYTES:
            message = (
                f"School file: embed, page: with these rules the loader ({weights[heaviest]}) "
                f"weighs {heaviest} bytes, and it may weigh {MOST_BYTES}. Join rules, or shorten "
                "paths with *."
            )
            raise SchoolFileError(message)


def without_comments(source: str) -> str:
    """Return a script of ours without its indentation and the lines that are comments."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def squeezed(source: str) -> str:
    """Return the loader without the spaces and semicolons that no browser needs.

    For a script without sentences in it: a space beside a mark goes, in a string too.
    """
    short = BESIDE_OPERATORS.sub(r"\1", without_comments(source))
    short = BEFORE_BRACES.sub("", AFTER_MARKS.sub(r"\1", short))
    return BEFORE_CONDITIONS.sub("if(", short)


def _filled(source: str, rules: dict[str, Any]) -> bytes:
    written = json.dumps(rules, separators=(",", ":"), ensure_ascii=False)  # in UTF-8: weighs less
    return squeezed(source).replace(PLACE, written, 1).encode()


def _refuse_unknown(school: School, languages: Collection[Language]) -> None:
    codes = {each.code for each in languages}
    for row, words in enumerate(school.embed.words, start=1):
        if words.lang not in codes:
            message = (
                f"School file: embed, words row {row}: no page of the chat is in “{words.lang}”. "
                f"There are {', '.join(sorted(codes))}; SCHOOLGATE_LANGUAGES adds others."
            )
            raise SchoolFileError(message)


def _rules(school: School, language: Language, *, is_open: bool) -> dict[str, Any]:
    embed, reader = school.embed, Reader(language)
    colour, text = embed.paint(school.colour)
    query = reader.address("")
    pages = [
        [
            page.pattern,
            int(page.is_shown(is_open=is_open)),
            reader.address("", page=page.id) if page.greeting else query,
        ]
        for page in embed.pages
    ]
    return {
        **words_in(embed, language),
        "query": query,
        "side": embed.side,
        "colour": colour,
        "text": text,
        "pages": pages,
    }


def words_in(embed: Embed, language: Language) -> dict[str, str]:
    """Return the button's words: the school's in the language, else ours, else the English ones.

    Ours stand in place of the usual English words, so only where the school kept all of them.
    """
    own = next((each for each in embed.words if each.lang == language.code), None)
    english = [getattr(embed, name) for name in LABELS]
    ours = [language.say(each) for each in english]
    known = own is not None or not set(ours) & set(english)
    said = [getattr(own, name) for name in LABELS] if own else ours if known else english
    code = language.code if known else ENGLISH.code
    return {**dict(zip(("button", "close", "own"), said, strict=True)), "lang": code}
