"""Rants told to a chat, and what its page before sending makes of them: points and their doors.

A row's ``points`` are the matters as a person set them apart, in order: ``words`` and the accepted
``doors``. A boundary is found when the page cuts within ``NEAR`` characters of it, spaces aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import httpx

from assistant.bootstrap.progress import SetupError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evaluation.lines import Row

NEAR = 10
SECONDS = 60.0


@dataclass(frozen=True)
class Point:
    """One point of the page: its words and the value of its door."""

    words: str
    door: str


@dataclass(frozen=True)
class Sorted:
    """What came of one rant: how many boundaries there are, were set, and were found."""

    wanted: int
    given: int
    found: int
    doors: tuple[bool, ...]
    text: str

    @property
    def counted(self) -> bool:
        """Whether there are as many points as matters."""
        return self.wanted == self.given


class _Page(HTMLParser):
    """Collects the points of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self.doors: dict[str, str] = {}
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind, _, point = (given.get("name") or "").partition(":")
        if tag == "textarea" and kind == "words":
            self._open, self.words[point] = point, ""
        if tag == "input" and kind == "door" and "checked" in given:
            self.doors[point] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.words[self._open] += data


def points_on(page: str) -> list[Point]:
    """Return the points of the page before sending."""
    parser = _Page()
    parser.feed(page)
    return [Point(words, parser.doors.get(point, "")) for point, words in parser.words.items()]


def tell(url: str, text: str) -> list[Point]:
    """Tell ``text`` as the first message of a new chat; raises ``SetupError`` without an answer."""
    try:
        with httpx.Client(base_url=url, timeout=SECONDS) as parent:
            parent.post("/", data={"text": text, "key": "rant"}).raise_for_status()
            return points_on(parent.get("/check").raise_for_status().text)
    except httpx.HTTPError as error:
        message = f"{url} did not answer: {type(error).__name__}."
        raise SetupError(message) from error


def compared(row: Row, points: Sequence[Point]) -> Sorted:
    """Compare what the page made of a rant with what a person did."""
    wanted: list[dict[str, Any]] = row["points"]
    ends, cuts = _ends([each["words"] for each in wanted]), _ends([each.words for each in points])
    found = sum(any(abs(cut - end) <= NEAR for end in ends[:-1]) for cut in cuts[:-1])
    middles = [(start + end) / 2 for start, end in zip([0, *cuts], cuts, strict=False)]
    doors = tuple(
        point.door in _matter_at(wanted, ends, middle)["doors"]
        for point, middle in zip(points, middles, strict=True)
    )
    text = "".join(each["words"] for each in wanted)
    return Sorted(len(wanted), max(len(points), 1), found, doors, text)


def report(results: Sequence[Sorted]) -> dict[str, int]:
    """Return the totals."""
    return {
        "rants": len(results),
        "counted": sum(each.counted for each in results),
        "boundaries": sum(each.wanted - 1 for each in results),
        "cuts": sum(each.given - 1 for each in results),
        "found": sum(each.found for each in results),
        "points": sum(len(each.doors) for each in results),
        "doors": sum(sum(each.doors) for each in results),
    }


def _ends(texts: Sequence[str]) -> list[int]:
    ends, at = [], 0
    for text in texts:
        at += len("".join(text.split()))
        ends.append(at)
    return ends


def _matter_at(wanted: list[dict[str, Any]], ends: list[int], at: float) -> dict[str, Any]:
    return next((each for each, end in zip(wanted, ends, strict=True) if at <= end), wanted[-1])
