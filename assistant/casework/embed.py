"""The button on the school's own site: its words, its place, its colours, and on which pages.

A page rule names the address's path, where `*` stands for anything; the first rule of the file
that fits a page holds for it, and a page that no rule names shows the button. Contrast is that of
WCAG 2.2, success criterion 1.4.3.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assistant.casework.alert_leads import is_out_of_hours
from assistant.casework.calendar import DAY, to_london, to_utc
from assistant.casework.colours import READABLE, contrast, ink_on, is_colour, readable_on
from assistant.casework.tables import TABLE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.school import School

Problem = tuple[str, str]
"""Where in the school file, and the rest of the sentence."""

Showing = Literal["always", "in school hours", "never"]
Side = Literal["left", "right"]

LONGEST_LABEL = 40
LONGEST_GREETING = 300
MOST_STARS = 3
LABELS = ("button", "close", "own_page")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
RULE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PATH = re.compile(r"/[\w.~%*/-]*", re.ASCII)


@dataclass(frozen=True)
class EmbedPage:
    """A rule for pages of the school's site; ``greeting`` is what the chat opened there says first.

    The frame is told the ``id`` alone, so that no address can put words into the chat.
    """

    id: str
    paths: tuple[str, ...]
    show: Showing = "always"
    greeting: str = ""

    @property
    def pattern(self) -> str:
        """A regular expression that fits the paths, with or without a slash at their end."""
        return f"^(?:{'|'.join(map(_pattern, self.paths))})/?$"

    def is_shown(self, *, is_open: bool) -> bool:
        """Tell whether the button shows on these pages, at a school that is open or not."""
        return self.show == "always" or (self.show == "in school hours" and is_open)


@dataclass(frozen=True)
class EmbedWords:
    """The button's words in another language than English, by its BCP 47 code ``lang``."""

    lang: str
    button: str
    close: str
    own_page: str


@dataclass(frozen=True)
class Embed:
    """How the button looks; ``colour`` and ``text`` are `#rrggbb`.

    An empty ``colour`` is the school's; an empty ``text`` is black or white, whichever reads
    better. ``logo`` is a file beside the school's, shown at the top of the chat. ``words`` are for
    the pages whose line asks for another language.
    """

    button: str = "Talk to us in private"
    close: str = "Close the chat"
    own_page: str = "Open the chat in its own page"
    side: Side = "right"
    colour: str = ""
    text: str = ""
    logo: str = ""
    pages: tuple[EmbedPage, ...] = field(default=(), metadata={TABLE_NAME: "page"})
    words: tuple[EmbedWords, ...] = ()

    def paint(self, school_colour: str) -> tuple[str, str]:
        """Return the button's colour and that of its words."""
        colour = self.colour or school_colour
        return colour, self.text or ink_on(colour)

    def page(self, rule_id: str) -> EmbedPage | None:
        """Return the rule with that id, or None."""
        return next((each for each in self.pages if each.id == rule_id), None)


USUAL_EMBED = Embed()


def wrong_embed(school: School) -> Iterator[Problem]:
    """Yield each mistake of ``[embed]``, and a school's colour that is none."""
    if not is_colour(school.colour):
        yield "the top of the file, colour", _no_colour(school.colour)
        return
    yield from _wrong_words("embed", school.embed)
    yield from _wrong_languages(school.embed)
    yield from _wrong_colours(school.embed, school.colour)
    for row, page in enumerate(school.embed.pages, start=1):
        yield from ((f"embed, page row {row} ({page.id})", told) for told in _wrong_page(page))
    ids = [page.id for page in school.embed.pages]
    for row, rule_id in enumerate(ids, start=1):
        if rule_id in ids[: row - 1]:
            yield f"embed, page row {row}", f"“{rule_id}” is there twice."


def seconds_until_change(school: School, calendar: SchoolCalendar, now: datetime, most: int) -> int:
    """Return after how many seconds the school opens or closes next, at least 1, ``most`` at most.

    ``now`` is aware.
    """
    local = to_london(now).replace(tzinfo=None)
    edges = (
        to_utc(local.replace(hour=edge.hour, minute=edge.minute, second=0, microsecond=0) + day)
        for day in (0 * DAY, DAY)
        for edge in (school.opening.start, school.opening.end)
        if calendar.is_school_day((local + day).date())
    )
    left = min(((edge - now).total_seconds() for edge in edges if edge > now), default=most)
    return max(1, min(most, int(left)))


def is_open(school: School, calendar: SchoolCalendar, now: datetime) -> bool:
    """Tell whether people answer at an aware instant."""
    return not is_out_of_hours(school, calendar, now)


def _pattern(path: str) -> str:
    return ".*".join(map(re.escape, path.rstrip("/").split("*"))).replace("/.*", "(?:/.*)?")


def _wrong_words(where: str, said: Embed | EmbedWords) -> Iterator[Problem]:
    for name in LABELS:
        words = getattr(said, name)
        if not words.strip() or len(words) > LONGEST_LABEL or not words.isprintable():
            yield f"{where}, {name}", f"it must be one line of 1 to {LONGEST_LABEL} letters."


def _wrong_languages(embed: Embed) -> Iterator[Problem]:
    codes = [words.lang for words in embed.words]
    for row, words in enumerate(embed.words, start=1):
        where = f"embed, words row {row}"
        if not LANGUAGE.fullmatch(words.lang) or words.lang.partition("-")[0] == "en":
            yield where, f"“{words.lang}” is no other language. Write its code, such as cy."
        if words.lang in codes[: row - 1]:
            yield where, f"“{words.lang}” is there twice."
        yield from _wrong_words(where, words)


def _wrong_colours(embed: Embed, school_colour: str) -> Iterator[Problem]:
    for name in ("colour", "text"):
        value = getattr(embed, name)
        if value and not is_colour(value):
            yield f"embed, {name}", _no_colour(value)
            return
    colour, text = embed.paint(school_colour)
    if contrast(colour, text) < READABLE:
        yield "embed, text", _unreadable(colour, text)


def _unreadable(colour: str, text: str) -> str:
    ratio = math.floor(contrast(colour, text) * 100) / 100
    return (
        f"the words of the button, “{text}”, on its colour, “{colour}”, have a contrast of "
        f"{ratio:.2f} to 1, and words need {READABLE} to 1. The nearest colour "
        f"that these words can be read on is “{readable_on(colour, text)}”; on this colour, "
        f"“{ink_on(colour)}” can be read."
    )


def _no_colour(value: str) -> str:
    return f"“{value}” is no colour. Write it as #1d3a6e."


def _wrong_page(page: EmbedPage) -> Iterator[str]:
    if not RULE_ID.fullmatch(page.id) or len(page.id) > LONGEST_LABEL:
        yield "its id has small letters, digits and single hyphens only, at most 40."
    if not page.paths:
        yield "it has no paths."
    for path in page.paths:
        if not PATH.fullmatch(path) or path.count("*") > MOST_STARS or "**" in path:
            yield f"“{path}” is no path. Write it as /admissions or /news/*, without the site."
    if len(page.greeting) > LONGEST_GREETING or not page.greeting.replace("\n", "").isprintable():
        yield f"its greeting is plain words, at most {LONGEST_GREETING} letters."
    if page.greeting and page.show == "never":
        yield "it has a greeting, but the button never shows there."
