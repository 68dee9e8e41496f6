"""The doors and the dates in words that a page translates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.point_doors import PointDoor
from assistant.web.languages import translatable

if TYPE_CHECKING:
    from collections.abc import Mapping

DOORS: Mapping[PointDoor, str] = {
    PointDoor.STAFF: translatable("Somebody who works with your child"),
    PointDoor.HEADTEACHER: translatable("The headteacher"),
    PointDoor.GOVERNORS: translatable("The chair of governors, through the clerk"),
    PointDoor.COMPLAINT: translatable("Make it a formal complaint"),
    PointDoor.OFFICE: translatable("The school office, to pass it on and ring you"),
    PointDoor.TALK: translatable("Do not write: book a private talk about it"),
}
PROMISES: Mapping[str, str] = {
    "Acknowledge": translatable("You hear that it has arrived by %(day)s."),
    "Reply": translatable("You get an answer by %(day)s."),
}


def door_named(door: PointDoor) -> str:
    """Return what the parent chooses, in English."""
    return DOORS[door]
