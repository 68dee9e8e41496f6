"""What a school file says: people, days, meetings, stages, contacts. Plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time  # noqa: TC003 - read when the file is loaded
from typing import Literal

from assistant.casework.kinds import (  # noqa: TC001 - read when the file is loaded
    CaseKind,
    Channel,
    ClockType,
    MeetingMode,
    Role,
)
from assistant.casework.policy_steps import PolicyStep  # noqa: TC001 - read with the file

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Weekday words of the file; the index is ``date.weekday()``."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@dataclass(frozen=True)
class Person:
    """A member of staff, a governor, or an outside officer such as the data protection officer.

    ``known_as`` is what parents say ("Mrs Okafor"); ``inbox`` is the id of a mailbox shared with
    others, or empty; ``years`` are the year groups led (0 is Reception).
    """

    id: str
    name: str
    known_as: str
    forename: str
    roles: tuple[Role, ...]
    email: str
    phone: str = ""
    inbox: str = ""
    classes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    nicknames: tuple[str, ...] = ()

    @property
    def role(self) -> Role:
        """The role that is shown first."""
        return self.roles[0]


@dataclass(frozen=True)
class Relationship:
    """A declared tie between two people (``a``, ``b`` are ids), the same in both directions."""

    a: str
    b: str
    what: str


@dataclass(frozen=True)
class SchoolClass:
    """A class or tutor group; ``year`` 0 is Reception; ``teacher`` is a person's id."""

    name: str
    year: int
    teacher: str


@dataclass(frozen=True)
class Term:
    """A term, first and last day included, with its half-term break."""

    name: str
    start: date
    end: date
    half_term_start: date
    half_term_end: date


@dataclass(frozen=True)
class Hours:
    """A span of wall time in Europe/London, the end not included."""

    start: time
    end: time


@dataclass(frozen=True)
class Twilight:
    """An after-school staff session: on these dates no member of staff is free then."""

    dates: tuple[date, ...]
    start: time
    end: time


@dataclass(frozen=True)
class AvailabilityRow:
    """One line of the file: these people, on these weekdays, between these wall times."""

    staff: tuple[str, ...]
    days: tuple[Weekday, ...]
    start: time
    end: time
    modes: tuple[MeetingMode, ...]


@dataclass(frozen=True)
class Availability:
    """One person's weekly hours on one ``weekday`` (0 is Monday), wall time in Europe/London."""

    staff_id: str
    weekday: int
    start: time
    end: time
    modes: tuple[MeetingMode, ...]


@dataclass(frozen=True)
class MeetingRules:
    """How people with one of ``roles`` meet.

    Units: ``minutes`` and ``buffer_minutes`` in minutes (multiples of five), ``notice_hours`` in
    hours, ``horizon_days`` in days, ``daily_cap`` in meetings a day.
    """

    roles: tuple[Role, ...]
    minutes: int
    buffer_minutes: int
    notice_hours: int
    horizon_days: int
    daily_cap: int


@dataclass(frozen=True)
class Room:
    """A room for meetings in person: a neutral place, named as parents find it."""

    id: str
    name: str
    step_free: bool


@dataclass(frozen=True)
class InterpreterHours:
    """When and how an interpreter works each week, wall time in Europe/London."""

    days: tuple[Weekday, ...]
    start: time
    end: time
    modes: tuple[MeetingMode, ...]


@dataclass(frozen=True)
class Interpreter:
    """Somebody from outside whose time is booked with the meeting; sign language is a language.

    With an ``email`` they are told themselves; without one somebody at the school has to.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    hours: tuple[InterpreterHours, ...]
    email: str = ""


@dataclass(frozen=True)
class Lead:
    """A safeguarding lead, in the order to try; ``staff`` is a person's id."""

    staff: str
    phone: str
    hours: str


@dataclass(frozen=True)
class Cover:
    """Who reads alerts from ``start`` to ``end``, both included, when the leads are away."""

    start: date
    end: date
    staff: str
    phone: str
    hours: str


@dataclass(frozen=True)
class Body:
    """Somebody outside the school to whom a lead refers an alert onward."""

    id: str
    name: str
    contact: str


@dataclass(frozen=True)
class Safeguarding:
    """Who reads an alert and who answers outside school hours.

    ``cover`` are people who are told first on their days. ``out_of_hours`` is added to the e-mail
    of an alert that comes when the school is closed; it names no topic. When an alert was sent
    again ``escalate_after_repeats`` times and nobody acknowledged it, further people are told, and
    again after as many. ``bodies`` are those to refer to, beside the council's.
    """

    leads: tuple[Lead, ...]
    holiday_cover: str
    read_by: str
    council_name: str
    council_day: str
    council_night: str
    lado: str
    cover: tuple[Cover, ...] = ()
    bodies: tuple[Body, ...] = ()
    out_of_hours: str = ""
    escalate_after_repeats: int = 4


@dataclass(frozen=True)
class Helpline:
    """A line for a parent or child; ``id`` is the short name that replies use."""

    id: str
    name: str
    number: str
    what_for: str
    text: str = ""


@dataclass(frozen=True)
class LetterTemplate:
    """How a message to a parent begins; staff change the words before they send it.

    One with a ``step`` begins the notice of that step of the social media policy.
    """

    id: str
    name: str
    words: str
    step: PolicyStep | None = None


@dataclass(frozen=True)
class OutsideRoute:
    """A body outside the school that decides a matter the school cannot."""

    id: str
    name: str
    what_for: str
    contact: str


@dataclass(frozen=True)
class Stage:
    """One stage of the school's procedure; day counts run on ``clock``.

    ``starts`` lists the kinds of case that begin here; ``escalate_days`` is how long a parent has
    after the outcome to go on to the next stage, 0 when there is none.
    """

    id: str
    name: str
    handler: Role
    acknowledge_days: int
    reply_days: int
    clock: ClockType
    escalate_days: int = 0
    starts: tuple[CaseKind, ...] = ()


@dataclass(frozen=True)
class Topic:
    """What cases can be about in the figures; until a person chooses, the kind suggests it.

    Failing that, the channel of the chat does.
    """

    id: str
    name: str
    kinds: tuple[CaseKind, ...] = ()
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class FigureRules:
    """How figures are published: a number below ``smallest_shown`` is held back.

    A term is counted ``settle_days`` (calendar days) after the holiday that follows it.
    """

    smallest_shown: int = 5
    settle_days: int = 14


USUAL_FIGURES = FigureRules()


@dataclass(frozen=True)
class SignInRules:
    """Who must take a second step at the desk, and for how many days they are only reminded.

    ``readers`` are the roles to which cases, alerts and meetings go.
    """

    second_step: Literal["readers", "everybody", "nobody"] = "readers"
    grace_days: int = 14


@dataclass(frozen=True)
class Privacy:
    """What the privacy pages say."""

    controller: str
    url: str
