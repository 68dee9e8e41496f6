"""Words by which a parent speaks of a meeting or a complaint that they have already."""

from __future__ import annotations

import re

from assistant.casework.kinds import Channel

THING = (
    r"(?:meetings?|appointments?|appts?|bookings?|slots?|(?:phone |video )?call|chat|catch[- ]?up|"
    r"complaints?|case)"
)
OBJECT = (
    rf"(?:(?:it|that|this|them)\b|(?:a|an|one|the|my|our|that|this|\w+day'?s?|tomorrow'?s?|today'?s?)"
    rf"(?: [\w']+){{0,3}}? {THING}\b|(?:my |our |the )?(?:\w+day|tomorrow|today)\b"
    r"|(?:my|our|the) (?:\d|half|time\b|day\b|date\b))"
)
"""What a change is done to: it, my meeting, Thursday, our 4 o'clock."""

_FIRM = (
    r"(?:meetings?|appointments?|appts?|bookings?|slots?|call|complaints?|case (?:ref|number|is))"
)

ON_HERE = re.compile(
    r"\b(?:on|through|via|using|with) (?:here|this(?: (?:chat|thing|site|website|bot|app))?|"
    r"the (?:chat|chatbot|website|site|app))\b",
    re.IGNORECASE,
)
_I = r"\b(?:i|we)(?:'ve|ve| have|'d|d| had)?(?: already| just| only)?"
HAS_ONE = re.compile(
    r"\b(?:(?:i|we)(?:'ve| have|ve)?|there'?s|got) (?:already )?(?:got |have )?"
    r"(?:a|an|my|our|\d|two)\b"
    rf"[^.?!]{{0,40}}\b(?:{THING}|booked)\b"
    rf"|\b(?:my|our) (?:[\w']+ ){{0,2}}?{_FIRM}\b|\b(?:the|that) {_FIRM}\b|{_I} booked\b"
    rf"|(?:^|[.,!?]\s*|\b(?:hi|hello|hey|and|but) )(?:got|booked|made|put in|sent|lodged) "
    rf"(?:in )?(?:an?|my|our)\b[^.?!]{{0,20}}\b{THING}\b"
    rf"|{_I} (?:put|made|sent|lodged|submitted|raised|wrote|filed)\b[^.?!]{{0,20}}\bcomplaint\b"
    r"|\b(?:i|we) complained (?:on|in|last|a|two|three|\d)\b|\bchecking on an? complaint\b"
    r"|\b(?:i|we)(?:'ve| have|'m| are) (?:got )?to see (?:mr|mrs|ms|miss|the)\b[^.?!]{0,30}\d"
    rf"|{_I} (?:made|arranged|set up|been given|was given)\b[^.?!]{{0,20}}\b{THING}\b"
    rf"|\b(?:was|were|been) given (?:an?|the) [^.?!]{{0,20}}?{THING}\b"
    rf"|\b{THING} (?:that )?(?:is |was )?(?:booked|arranged|made|put in|pencilled)\b"
    r"|\byou(?:'ve|ve| have)? (?:booked|put|got) (?:me|us)\b[^.?!]{0,20}\b(?:in|down|with)\b"
    r"|\b(?:i'?m|im|we'?re|i am|we are|meant to be|supposed to be|due to be|due to) (?:booked in|"
    r"seeing|meeting|down to see|see|meet)\b"
    r"|\b(?:my|our|the) (?:\d{1,2}(?:[.:]\d\d)?|half \w+|quarter \w+ \w+)\b[^.?!]{0,25}"
    r"\bwith\b"
    rf"|\b(?:chang|mov|cancel|re-?arrang|re-?schedul|postpon|withdraw|swap|shift|bin|drop|scrap)\w*"
    rf" (?:an?|the|my|our|this|that|\w+day'?s?|tomorrow'?s?|today'?s?) (?:[\w']+ ){{0,2}}?{THING}\b"
    r"|\b(?:cancel|move|rearrange|reschedule|shift) (?:\w+day|tomorrow|today)\b"
    r"|\brunning (?:\w+ ){0,3}late for\b",
    re.IGNORECASE,
)
"""Words that say there is one. "The meeting" may be any: whether it is theirs, records tell."""

_NEW = r"(?:make|book|arrange|request|set up|have|get|ask for|put in|start|raise|lodge)"
WISHES_ONE = re.compile(
    r"\b(?:can|could|may) (?:i|we)\b"
    r"(?! (?:chang|mov|cancel|re|swap|shift|push|postpon|withdraw|add))"
    r"[^.?!]{0,20}\b(?:have|get|book|make|see)\b(?! (?:it|to|there|in|any more))"
    rf"|\b(?:want|need|like|book|arrange|request)(?: to)? (?:{_NEW} |see )?(?:an?|another|some)\b"
    rf"(?! (?:different|new|later|earlier|better|day|time|date))[^.?!]{{0,30}}\b{THING}\b"
    rf"|\b(?:want|like|need|how (?:do|can) (?:i|we)) (?:to )?{_NEW} (?:an?|my|our)\b"
    rf"|\b(?:want|like|need) (?:my|our) (?:[\w']+ ){{0,2}}complaint\b[^.?!]{{0,20}}"
    r"\b(?:heard|recorded)\b",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"\b(?:chang(?:e|ing)|mov(?:e|ing)|re-?schedul\w*|re-?arrang\w*|swap\w*|postpon\w*|shift|"
    r"cancel\w*|bin|drop|scrap|withdraw\w*|only need|don'?t need|need it|can it|could it|push|"
    r"put it back|"
    r"(?:can'?t|cannot|cant|won'?t be able to) (?:do|make|come)|take it back|instead|"
    r"(?:another|different|later|earlier|new) (?:day|time|date|slot)|(?:be|it|come|bit|do) "
    r"(?:later|earlier))\b",
    re.IGNORECASE,
)
MOVED_TO = re.compile(
    r"\b(?:mov|chang|reschedul|switch|swap|rearrang|push|bring|shift|go\b|be\b)\w*\b.*?"
    r"\b(?:to|until|till|for)\b(.+)",
    re.IGNORECASE | re.DOTALL,
)
"""A change, and after it the time that is wished for."""

SAID_AGAIN = re.compile(
    r"\b((?:mon|tues|wednes|thurs|fri)day)\b[.,!]*\s+(?=\1 (?:the )?\d)", re.IGNORECASE
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
    plain = ON_HERE.sub("", text.replace("’", "'"))
    return bool(HAS_ONE.search(plain)) and not WISHES_ONE.search(plain)


def wants_a_change(text: str) -> bool:
    """Whether ``text`` asks to move it or to call it off."""
    return bool(CHANGES.search(text.replace("’", "'")))


def tells_which(text: str) -> str:
    """Return ``text`` without the new time of a move: what is left tells which record is meant."""
    moved = MOVED_TO.search(text)
    return text[: moved.start(1)] if moved else text


def day_said_once(text: str) -> str:
    """Return "wednesday the 2nd" for "wednesday. wednesday the 2nd": one day, not two."""
    return SAID_AGAIN.sub("", text)


def first_named(text: str) -> Channel | None:
    """Return the channel of the kind of person whom ``text`` names first, if it names any."""
    found = {channel: words.search(text) for channel, words in ROLE_WORDS.items()}
    places = {channel: match.start() for channel, match in found.items() if match}
    return min(places, key=lambda channel: places[channel], default=None)
