"""Finds whom a parent's words say that their meeting is with."""

from __future__ import annotations

import re

from assistant.casework.kinds import Channel, Role

ROLES: tuple[tuple[str, Role, Channel], ...] = (
    (r"heads? of year|year head", Role.HEAD_OF_YEAR, Channel.STAFF),
    (r"chair|governors?", Role.CHAIR, Channel.GOVERNORS),
    (r"deputy(?: head)?", Role.DEPUTY, Channel.STAFF),
    (r"head ?teacher|head ?master|head ?mistress|the heads?|principal|with head", Role.HEADTEACHER,
     Channel.HEADTEACHER),
    (r"senco|sendco|sen lead", Role.SENCO, Channel.STAFF),
    (r"pastoral", Role.PASTORAL, Channel.STAFF),
    (r"form tutor|tutor", Role.TUTOR, Channel.STAFF),
    (r"office", Role.OFFICE, Channel.STAFF),
    (r"teachers?", Role.TEACHER, Channel.STAFF),
)  # fmt: skip
_ROLE = re.compile(rf"\b(?:{'|'.join(pattern for pattern, _, _ in ROLES)})\b", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr)\b\.? ([a-z][a-z'-]+)", re.IGNORECASE)
PERSON = re.compile(f"{_ROLE.pattern}|{_TITLED.pattern}", re.IGNORECASE)


def role_in(said: str) -> tuple[Role, Channel] | None:
    """Return the first kind of person that ``said`` tells of, as the rows of ``ROLES`` go."""
    for pattern, role, channel in ROLES:
        if re.search(rf"\b(?:{pattern})\b", said, re.IGNORECASE):
            return role, channel
    return None


def surname_in(said: str) -> str:
    """Return "okafor" for "with Mrs Okafor"; empty where nobody is named with a title."""
    found = _TITLED.search(said)
    return found[1].casefold() if found else ""
