"""Finds in a parent's first words the meeting or the complaint that they say exists already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel, Role
from assistant.casework.times import Window, read_time

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.calendar import SchoolCalendar

_MEETING_WORD = r"(?:meeting|appointment|appt|booking|slot|talk|chat|call|phone call)"
_HAS_MEETING = re.compile(
    rf"\b(?:my|our|the|his|her|this|that|tomorrow'?s|today'?s|"
    rf"\w+day'?s?) (?:\S+ ){{0,4}}?{_MEETING_WORD}\b"
    rf"|\b(?:i|we)(?:'ve| have|ve|'d| had)? (?:got |already )*(?:an?|"
    rf"the) (?:\S+ ){{0,3}}?{_MEETING_WORD}\b"
    r"|\b(?:booked in|am booked|are booked|'m booked|meant to be (?:seeing|meeting)|"
    r"due to (?:see|meet)|"
    r"supposed to be (?:seeing|meeting)|down to see|i booked|we booked|i'?m seeing|i'?ve booked)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:cancel\w*|move|moved|moving|change|rearrange|re-arrange|reschedul\w*|swap|postpone|push|"
    r"put (?:it )?(?:back|off)|bring (?:it )?forward|different (?:time|day)|another (?:time|day)|"
    r"can'?t (?:make|come|do|get)|cannot (?:make|come|do)|won'?t be able|call (?:it |that )?off|"
    r"what time|when is|is it still|running late|confirm|no longer|don'?t need|scrap)\b",
    re.IGNORECASE,
)
_HAS_COMPLAINT = re.compile(
    r"\b(?:my|our|the|that|a) (?:\w+ ){0,2}?complaint\b(?! (?:about|against) (?:the|a|my|his|"
    r"her) \w+ (?:is|that))"
    r"|\bcomplained (?:last|on|a |two |three|\d)|\bcase (?:number|reference)|"
    r"\breference (?:number|is|tg)",
    re.IGNORECASE,
)
_COMES_BACK = re.compile(
    r"\b(?:withdraw\w*|drop|take (?:it|that|my complaint) back|retract|cancel\w*|"
    r"call (?:it )?off|scrap|"
    r"what'?s happening|whats happening|what is happening|any (?:news|update|word)|update|chas\w+|"
    r"heard (?:nothing|anything|back)|not heard|haven'?t heard|status|progress|where (?:is|are|"
    r"has)|"
    r"how'?s|how is|got to|i (?:sent|made|put|lodged|submitted|filed|raised)|we (?:sent|made|"
    r"put|lodged)|"
    r"add (?:something|to|more)|last (?:week|month|term)|ages ago|weeks ago|days ago|outcome of|"
    r"decision on|still waiting|been dealt|been sorted)\b",
    re.IGNORECASE,
)
_WOULD_MAKE = re.compile(
    r"\b(?:want|like|need|wish|going|how do i|can i|could i)(?: \w+){0,2} (?:make|making|start|"
    r"raise|lodge|"
    r"submit|put in|file|book|arrange|set up|have|get|ask for) (?:an?|another|my) ",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.,;!?]|\b(?:and|but|can|could|need|so|because|to (?!see|meet|talk|speak)|"
                   r"into|from|please|is there)\b",
                   re.IGNORECASE)  # fmt: skip
_ROLES: tuple[tuple[str, Role, Channel], ...] = (
    (r"head of year|year head", Role.HEAD_OF_YEAR, Channel.STAFF),
    (r"chair|governors?", Role.CHAIR, Channel.GOVERNORS),
    (r"deputy", Role.DEPUTY, Channel.STAFF),
    (r"head ?teacher|head ?master|head ?mistress|the head|principal", Role.HEADTEACHER,
     Channel.HEADTEACHER),
    (r"senco|sendco|sen lead", Role.SENCO, Channel.STAFF),
    (r"pastoral", Role.PASTORAL, Channel.STAFF),
    (r"form tutor|tutor", Role.TUTOR, Channel.STAFF),
    (r"office", Role.OFFICE, Channel.STAFF),
)  # fmt: skip
_AGO = ((r"last month|month ago|weeks ago|ages ago", 21), (r"last term", 42), (r"yesterday", 1),
        (r"days ago|other day", 4))  # fmt: skip


@dataclass(frozen=True)
class EarlierMeeting:
    """A meeting the parent says they have; no ``windows``: they did not say when."""

    windows: tuple[Window, ...]
    role: Role
    channel: Channel


@dataclass(frozen=True)
class EarlierComplaint:
    """A complaint the parent says they made; ``about_head`` sends it to the governors."""

    made_at: datetime
    about_head: bool


def earlier_record(
    text: str, now: datetime, calendar: SchoolCalendar
) -> EarlierMeeting | EarlierComplaint | None:
    """Return what the first words say exists; None for a parent who comes with something new."""
    words = _WOULD_MAKE.sub(" ", text.replace("\u2019", "'"))
    if _HAS_COMPLAINT.search(words) and _COMES_BACK.search(words):
        return EarlierComplaint(now - timedelta(days=_days_ago(words)), _is_about_head(words))
    found = _HAS_MEETING.search(words)
    if found and _CHANGES.search(words):
        role, channel = _whom(words)
        return EarlierMeeting(_when(words, found, now, calendar), role, channel)
    return None


def _days_ago(words: str) -> int:
    return next((days for pattern, days in _AGO if re.search(pattern, words, re.IGNORECASE)), 7)


def _is_about_head(words: str) -> bool:
    return bool(
        re.search(r"about the head\b|against the head\b|head ?teacher", words, re.IGNORECASE)
    )


def _whom(words: str) -> tuple[Role, Channel]:
    for pattern, role, channel in _ROLES:
        if re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE):
            return role, channel
    return Role.TEACHER, Channel.STAFF


def _when(
    words: str, found: re.Match[str], now: datetime, calendar: SchoolCalendar
) -> tuple[Window, ...]:
    """Read the time beside the meeting, not the one it shall move to."""
    after = words[found.end() :]
    end = _ENDS.search(after)
    beside = f"{found.group()} {after[: end.start()] if end else after}"
    return read_time(re.sub(_MEETING_WORD, " ", beside), now, calendar).windows
