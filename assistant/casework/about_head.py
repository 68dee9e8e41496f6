"""Whether a matter is about the headteacher, whose door is then closed to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.casework.reading import Reading

ASKING_FOR = frozenset({"book", "ask_channel", "human"})
"""Acts by which a parent asks for somebody by role; they then go to that door."""

ABOUT_HEAD_AT = 0.2
"""From this probability a grievance is about the headteacher, who is then never offered.

Low, because a wrong door to the chair costs a day and a wrong door to the head costs trust.
"""
ABOUT_HEAD_LATER_AT = 0.25
"""The same in the messages that follow: each of several weak signs is a further chance to err."""
ABOUT_HEAD_SURELY, FAR_LIKELIER = 0.45, 0.3
"""Below the first, a head's door that is likelier than the chair's by the second stays open."""
ASKING_FOR_HEAD_AT = 0.5
"""The same for a message that asks to see somebody: there the head is often only the one wanted."""
ASKS_FOR_THE_HEAD = 15
"""Words up to which a message that asks for the headteacher by role is not about them."""


_TITLE = r"\b(?:head ?teacher|head ?master|head ?mistress|principal|(?:the|our) head)\b(?! of)\s+"
NOT_THE_PROBLEM = re.compile(
    _TITLE + r"(?:was|is|has been|were)(?:n'?t| not) (?:the )?(?:problem|issue|to blame)\b"
    r"|\b(?:nothing|not) (?:against|about) the head\b",
    re.IGNORECASE,
)
ACCUSED = re.compile(
    r"\b(?:it(?:'?s| is| was)|this is|that(?:'?s| is)|about|against|by|complain\w*(?: about)?)"
    r" (?:all )?(?:about )?(?:the |our )?(?:head(?: ?teacher| ?master| ?mistress)?|principal)"
    r" (?:her|him|them)sel(?:f|ves)\b"
    r"|\b(?:it(?:'?s| is)|this is|complain\w*(?: is)?|problem is) (?:all )?about (?:the|our) "
    r"(?:head ?(?:teacher|master|mistress)|head|principal)\b(?! of| girl| boy| chef| cook)",
    re.IGNORECASE,
)
PRAISED = re.compile(
    _TITLE + r"(?:was|is|has been) (?:very |really |so |always |nothing but )*(?:nice|lovely|kind|"
    r"helpful|supportive|brilliant|understanding)\b",
    re.IGNORECASE,
)


def names_the_head_as_the_matter(text: str) -> bool:
    """Whether the words say that it is about the head: "it's the head herself"."""
    return bool(ACCUSED.search(text.replace("’", "'")))


def takes_the_head_out(text: str, reading: Reading) -> bool:
    """Whether the words say that it is not about the head.

    Praise counts only where the grievance is not surely about the head ("nice to my face, and
    then").
    """
    doubtful = reading.about.get("headteacher", 0.0) < ABOUT_HEAD_SURELY
    return bool(NOT_THE_PROBLEM.search(text) or (doubtful and PRAISED.search(text)))


def is_about_head(reading: Reading, wanted: Channel | None = None, *, later: bool = False) -> bool:
    """Whether the grievance is about the headteacher, who may be just the one asked for.

    ``later`` tells that the message follows others of the same parent.
    """
    if wanted is Channel.HEADTEACHER and reading.words <= ASKS_FOR_THE_HEAD:
        return False
    about = reading.about.get("headteacher", 0.0)
    if about < ABOUT_HEAD_SURELY and _is_for_the_head(reading):
        return False
    if reading.act in ASKING_FOR:
        return about >= ASKING_FOR_HEAD_AT
    return about >= (ABOUT_HEAD_LATER_AT if later else ABOUT_HEAD_AT)


def _is_for_the_head(reading: Reading) -> bool:
    """Whether the head's door is far likelier than the chair's: the head is only spoken to."""
    head, chair = (
        reading.doors.get(door, 0.0) for door in (Channel.HEADTEACHER, Channel.GOVERNORS)
    )
    return head - chair >= FAR_LIKELIER


def closed_to_the_head(doors: Mapping[Channel, float]) -> dict[Channel, float]:
    """Give what points to the head, or to staff under the head, to the governors."""
    moved = (Channel.GOVERNORS, Channel.HEADTEACHER, Channel.STAFF)
    others = {door: score for door, score in doors.items() if door not in moved}
    return {**others, Channel.GOVERNORS: sum(doors.get(door, 0.0) for door in moved)}
