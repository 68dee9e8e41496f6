"""Find out which people of the school a message means: whom it is about, whom it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from assistant.casework.about_head import (
    is_about_head,
    names_the_head_as_the_matter,
    takes_the_head_out,
)
from assistant.casework.details.roles import find_role
from assistant.casework.kinds import Channel, Role
from assistant.casework.reading import Reading

if TYPE_CHECKING:
    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk

ALIKE = 86
"""From this similarity (0 to 100) a written name is taken for a name in the directory."""

LOOK_BACK = 80
"""Characters before a name in which the parent asks to see somebody: no reading of the whole text
for each name, or a message of nothing but names would take minutes."""

TITLED = re.compile(
    r"\b(mr|mrs|ms|miss|mx|dr|sir|rev|father|canon)\.?\s+([a-z][\w'’-]*)", re.IGNORECASE
)
ASKED_FOR = re.compile(
    r"\b(?:speak|talk|chat|meet(?:ing)?|see|appointment|sit down|word)\b(?:\s+(?:to|with))?\s*$",
    re.IGNORECASE,
)
HEAD_WORDS = re.compile(
    r"\b(?:(?:(?:the|our|your|this|that|new|acting) )*(?:head ?teacher|head ?master|"
    r"head ?mistress|principal|executive head|exec head)|"
    r"(?:the|our|your|this|that|new|acting) head)\b"
    r"(?! of| girl| boy| chef| cook| lice| injur| start| count)",
    re.IGNORECASE,
)
SPOKEN_TO = re.compile(
    r"\b(?:to|with|see|saw|tell|told|ask|asked|rang|emailed|contacted|from|for|want|need|prefer|get|have|hear|"
    r"rather)\s*$",
    re.IGNORECASE,
)
"""Before the title these words make the head somebody spoken to, not somebody complained about."""
HINT_AT = 0.25
"""With the head named by title, this probability is enough to keep the head away from it."""

GRIEVANCE_ACTS = frozenset({"vent", "complain", "disclose", "threat_to_post", "posted", "abuse"})


@dataclass(frozen=True)
class Meant:
    """Ids of the people whom the matter is about, and of the one the parent asks to see."""

    subjects: frozenset[str] = frozenset()
    wanted: str | None = None


def who_is_meant(desk: Desk, *, text: str, reading: Reading, later: bool = False) -> Meant:
    """Match the names in ``text`` with the directory; misspelt names still match.

    Somebody named in a grievance is a subject, unless the sentence asks to see them. A grievance
    about the headteacher makes the headteacher a subject, named or not. ``later`` tells that the
    message follows others of the same parent.
    """
    subjects: set[str] = set()
    wanted: str | None = None
    for name, before in _names(text, reading):
        person = _person(desk, name)
        if person is None:
            continue
        if ASKED_FOR.search(before[-LOOK_BACK:]):
            wanted = person.id
        elif reading.act in GRIEVANCE_ACTS:
            subjects.add(person.id)
    asked = Channel.HEADTEACHER if find_role(text) is Role.HEADTEACHER else None
    accused = is_about_head(reading, asked, later=later) or _accuses_the_head(text, reading)
    accused = accused and not takes_the_head_out(text, reading)
    if accused or names_the_head_as_the_matter(text):
        subjects |= _heads(desk)
    return Meant(frozenset(subjects), None if wanted in subjects else wanted)


def people_in_words(desk: Desk, text: str) -> frozenset[str]:
    """Return the ids of people whom words that nobody has read yet may be about.

    Read as a grievance: better one reader too few than somebody who hears what is about them.
    """
    named = who_is_meant(desk, text=text, reading=Reading(act="complain")).subjects
    return named | _heads(desk) if _speaks_of_the_head(text) else named


def _heads(desk: Desk) -> frozenset[str]:
    return frozenset(person.id for person in desk.school.with_role(Role.HEADTEACHER))


def _speaks_of_the_head(text: str) -> bool:
    """Whether the head is named by title, and not just as somebody who was or is spoken to."""
    found = (match.start() for match in HEAD_WORDS.finditer(text))
    return any(not SPOKEN_TO.search(text[max(0, at - LOOK_BACK) : at]) for at in found)


def _accuses_the_head(text: str, reading: Reading) -> bool:
    """Whether the head is named by title in a grievance that may well be about them."""
    hinted = reading.about.get("headteacher", 0.0) >= HINT_AT
    accused = any(
        not SPOKEN_TO.search(text[: found.start()]) for found in HEAD_WORDS.finditer(text)
    )
    return hinted and reading.act in GRIEVANCE_ACTS and accused


def _names(text: str, reading: Reading) -> list[tuple[str, str]]:
    titled = [(found.group(0), text[: found.start()]) for found in TITLED.finditer(text)]
    named = [(name, text.partition(name)[0]) for name in reading.people]
    return titled + named


def _person(desk: Desk, name: str) -> Person | None:
    known = {
        called: person
        for person in desk.school.people
        for called in (person.known_as, person.name, *person.nicknames)
    }
    match = process.extractOne(
        name, list(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=ALIKE
    )
    return known[match[0]] if match else None
