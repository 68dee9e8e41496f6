"""A message in another language, heard by the phrasebook instead of the heads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.brain.heard import Heard
from assistant.casework.reading import Reading

if TYPE_CHECKING:
    from assistant.casework.phrasebook import Phrasebook

TELLING = "vent"
SURE = 0.9


def hear_other(phrasebook: Phrasebook, text: str, language: str) -> Heard:
    """Return what is told: somebody telling something, the doors, and any open sign of risk."""
    told = phrasebook.hear(text, language)
    about = {"headteacher": SURE} if told.about_head else {}
    doors = {door.value: score for door, score in told.doors.items()}
    reading = Reading(TELLING, SURE, doors=doors, about=about, net=told.net)
    return Heard(((TELLING, SURE),), reading)
