"""The loader of the button, with the school's rules written into it.

The rules travel inside the script that the page asks for anyway: one request, no cookie, nobody
asked who they are, and nothing at all waits for a second answer. What depends on the hour is
decided here, by the school's clock and not the visitor's, and the answer is kept no longer than
until the school next opens or closes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.casework.embed import is_open, seconds_until_change
from assistant.casework.school import SchoolFileError

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.school import School

PLACE = "__SCHOOL__"
MOST_BYTES = 2048
"""What the loader may weigh, gzipped: a page of the school's is never slower for it."""
FIVE_MINUTES = 300
BESIDE_OPERATORS = re.compile(r" (=>|=|===|\?|:|&&|\?\?) ")
AFTER_MARKS = re.compile(r"([{};:,])[ \n]")
BEFORE_BRACES = re.compile(r"[ \n]([{}])")


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
    """The loader when the school is open, and when it is closed."""

    def __init__(self, source: str, school: School, calendar: SchoolCalendar) -> None:
        """Take the script's ``source``; raise ``SchoolFileError`` when the rules are too many."""
        self._school, self._calendar = school, calendar
        self._scripts = {
            is_open: Script(_filled(source, _rules(school, is_open=is_open)))
            for is_open in (True, False)
        }
        heaviest = max(len(script.zipped) for script in self._scripts.values())
        if heaviest > MOST_BYTES:
            message = (
                f"School file: embed, page: with these rules the loader weighs {heaviest} bytes, "
                f"and it may weigh {MOST_BYTES}. Join rules, or shorten paths with *."
            )
            raise SchoolFileError(message)

    def at(self, now: datetime) -> tuple[Script, int]:
        """Return the script that holds at an aware instant, and for how many seconds."""
        seconds = seconds_until_change(self._school, self._calendar, now, FIVE_MINUTES)
        return self._scripts[is_open(self._school, self._calendar, now)], seconds


def without_comments(source: str) -> str:
    """Return a script of ours without its indentation and the lines that are comments."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def squeezed(source: str) -> str:
    """Return the loader without the spaces that no browser needs.

    For a script without sentences in it: a space beside a mark goes, in a string too.
    """
    short = BESIDE_OPERATORS.sub(r"\1", without_comments(source))
    return BEFORE_BRACES.sub(r"\1", AFTER_MARKS.sub(r"\1", short))


def _filled(source: str, rules: dict[str, Any]) -> bytes:
    written = json.dumps(rules, separators=(",", ":"))  # ASCII, so U+2028 cannot end a line
    return squeezed(source).replace(PLACE, written, 1).encode()


def _rules(school: School, *, is_open: bool) -> dict[str, Any]:
    embed = school.embed
    colour, text = embed.paint(school.colour)
    pages = [
        [page.pattern, int(page.is_shown(is_open=is_open)), page.id if page.greeting else ""]
        for page in embed.pages
    ]
    return {
        "button": embed.button,
        "close": embed.close,
        "own": embed.own_page,
        "side": embed.side,
        "colour": colour,
        "text": text,
        "pages": pages,
    }
