"""What a parent's message told us about who is who and what they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.casework.kinds import MeetingMode, Role


@dataclass(frozen=True)
class Correction:
    """The parent put something right: ``field`` of ``Details`` is now ``value``."""

    field: str
    value: str


@dataclass(frozen=True)
class Details:
    """Every field is None (or empty) unless the message says it.

    ``year`` reads "Year 5", "Reception", "Nursery" or "Sixth form"; ``phone`` is digits only
    ("07700900123"; foreign numbers keep their plus); ``phone_ending`` are the last digits of a
    number put right ("should end 882"). ``safe_contact`` is False with the ``unsafe_channel``
    ("phone", "home phone", "text", "email", "letter") that must not be used. ``children`` holds
    every child named, ``child_name`` the first. ``both_parents`` is False when the parent wants to
    be seen without the other.
    """

    child_name: str | None = None
    children: tuple[str, ...] = ()
    year: str | None = None
    class_name: str | None = None
    parent_name: str | None = None
    relation: str | None = None
    phone: str | None = None
    phone_ending: str | None = None
    email: str | None = None
    role_wanted: Role | None = None
    staff_named: tuple[str, ...] = ()
    mode: MeetingMode | None = None
    interpreter: str | None = None
    supporter: bool | None = None
    step_free: bool | None = None
    both_parents: bool | None = None
    safe_contact: bool | None = None
    unsafe_channel: str | None = None
    anonymous: bool | None = None
    correction: Correction | None = None
