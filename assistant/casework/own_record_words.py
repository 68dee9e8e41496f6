"""Words by which a parent speaks of a meeting or a complaint that they have already."""

from __future__ import annotations

import re

from assistant.casework.kinds import Channel

_THING = r"(?:meeting|appointment|appt|booking|slot|call)"
HAS_ONE = re.compile(
    r"\b(?:(?:i|we)(?:'ve| have|ve)?|there'?s|got) (?:already )?(?:got |have |had )?"
    r"(?:a|an|my|our|\d|two)\b"
    rf"[^.?!]{{0,40}}\b(?:{_THING}|booked)\b"
    rf"|\b(?:my|our|the) {_THING}\b|\b(?:i|we) (?:have |'?ve )?(?:already )?booked\b"
    rf"|\b(?:i|we) (?:put|made|sent|lodged|submitted|raised)\b[^.?!]{{0,20}}\bcomplaint\b"
    r"|\bmy complaint\b",
    re.IGNORECASE,
)
WISHES_ONE = re.compile(
    rf"\b(?:can|could|may) (?:i|we)\b[^.?!]{{0,20}}\b(?:have|get|book|make|see)\b"
    rf"|\b(?:want|need|like|book|arrange|request) (?:to )?(?:have |book |make |see )?(?:a|an)\b"
    rf"[^.?!]{{0,30}}\b{_THING}\b",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"\b(?:chang\w*|mov(?:e|ing)|re-?schedul\w*|re-?arrang\w*|swap\w*|postpon\w*|cancel\w*|bin|"
    r"withdraw\w*|only need|don'?t need|need it|can it|could it|can'?t (?:do|make|come)|"
    r"take it back|later|earlier|instead)\b",
    re.IGNORECASE,
)
ROLE_WORDS = {
    Channel.HEADTEACHER: re.compile(r"\bhead(?:teacher|'?s)?\b(?! of)", re.IGNORECASE),
    Channel.GOVERNORS: re.compile(r"\b(?:chair|governors?|clerk)\b", re.IGNORECASE),
    Channel.STAFF: re.compile(
        r"\b(?:teachers?|tutor|senco|pastoral|form|office|head of year)\b", re.IGNORECASE
    ),
}


def has_one_already(text: str) -> bool:
    """Whether ``text`` speaks of the parent's own meeting or complaint, and asks for no new one."""
    plain = text.replace("’", "'")
    return bool(HAS_ONE.search(plain)) and not WISHES_ONE.search(plain)


def wants_a_change(text: str) -> bool:
    """Whether ``text`` asks to move it or to call it off."""
    return bool(CHANGES.search(text.replace("’", "'")))


def first_named(text: str) -> Channel | None:
    """Return the channel of the kind of person whom ``text`` names first, if it names any."""
    found = {channel: words.search(text) for channel, words in ROLE_WORDS.items()}
    places = {channel: match.start() for channel, match in found.items() if match}
    return min(places, key=lambda channel: places[channel], default=None)
