"""Members of staff in the chat: who may, until when, and what becomes of such a talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london, to_utc
from assistant.casework.kinds import Labelled, Role
from assistant.casework.wall import school_wall
from assistant.casework.wording import say_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from assistant.casework.calendar import SchoolCalendar
    from assistant.casework.school import School
    from assistant.casework.school_shapes import Person

NO_SIGN_OF_LIFE = timedelta(minutes=2)
"""After so long without one a member of staff is not here for chats any more."""
GONE_AFTER = timedelta(seconds=20)
"""After so long without a sign of life of the member of staff the parent is told; their page looks
every five seconds, so within half a minute."""
LOST_AFTER = timedelta(minutes=5)
"""A talk that one of the two has left for so long is over."""
HALF_AN_HOUR = timedelta(minutes=30)
LONGEST_WAIT, SHORTEST_WAIT = 30, 1


class ChatState(Labelled):
    """Where a talk with a person has got to."""

    WAITING = "waiting", "Waiting for a person"
    TAKEN = "taken", "A person is in the chat"
    OVER = "over", "Over"


class ChatEnd(Labelled):
    """How a talk with a person ended."""

    ANSWERED = "answered", "The question was answered"
    CASE = "case", "It was recorded as a case, as the parent agreed"
    CALL_BACK = "call_back", "The parent was offered a call"
    LEFT = "left", "The parent ended it"
    LAPSED = "lapsed", "Nobody was free in time"
    LOST = "lost", "The connection was lost"
    WALL = "wall", "Another person is needed"


BY_STAFF = (ChatEnd.ANSWERED, ChatEnd.CALL_BACK)
"""How a member of staff can end it alone; a case needs the parent's agreement."""


class DangerSeen(Labelled):
    """What the reviewed net found in a message of the parent, and whether anybody was told."""

    TOLD = "told", "The safeguarding leads have been told, with these exact words."
    HELD_UP = "held_up", "The safeguarding leads could not be told just now. Ring them yourself."
    POSSIBLE = "possible", ""


@dataclass(frozen=True)
class DutyRules:
    """Who may be here for chats, and for how many minutes a parent waits before they are told.

    ``first_words`` are sentences to begin an answer with; staff change them before they send.
    """

    roles: tuple[Role, ...] = (Role.OFFICE, Role.PASTORAL, Role.DEPUTY)
    wait_minutes: int = 3
    first_words: tuple[str, ...] = ()

    @property
    def patience(self) -> timedelta:
        """How long a parent waits before nobody is expected any more."""
        return timedelta(minutes=self.wait_minutes)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield each mistake: where it is in the school file, and the rest of the sentence."""
        if not SHORTEST_WAIT <= self.wait_minutes <= LONGEST_WAIT:
            yield "duty", f"wait_minutes must be from {SHORTEST_WAIT} to {LONGEST_WAIT}."


USUAL_DUTY = DutyRules()
"""What holds where a school file says nothing."""


def may_be_on_duty(school: School, roles: Iterable[str]) -> bool:
    """Tell whether somebody with these stored roles may be here for chats."""
    return bool({role.value for role in school.duty.roles} & {*roles})


def duty_ends(school: School, calendar: SchoolCalendar, now: datetime) -> tuple[datetime, ...]:
    """Return until when somebody may be here today, each half-hour and closing time, in UTC.

    Empty while the school is closed: outside opening hours, at weekends, on bank holidays.
    """
    local = to_london(now)
    opens, closes = (_at(local, each) for each in (school.opening.start, school.opening.end))
    if not calendar.is_working_day(local.date()) or not opens <= now < closes:
        return ()
    found, end = [], opens
    while end < closes:
        if end > now:
            found.append(end)
        end += HALF_AN_HOUR
    return (*found, closes)


def duty_label(person: Person, school: School) -> str:
    """Return how a parent reads who writes: ``Ms Begum, school office``."""
    roles = [role for role in person.roles if role in school.duty.roles]
    return f"{person.known_as}, {(roles or [person.role])[0].label}"


def barred_from(school: School, subjects: AbstractSet[str], taker: str = "") -> frozenset[str]:
    """Return the ids of all who may not be in a talk that names ``subjects``.

    A parent who speaks to ``taker`` by name has chosen to: that name alone bars nobody.
    """
    return school_wall(school, set(subjects) - {taker}) if subjects else frozenset()


def leads_to_tell(school: School, subjects: AbstractSet[str]) -> tuple[str, ...]:
    """Return the safeguarding leads to whom staff pass a disclosure on, with their numbers."""
    barred = school_wall(school, subjects) if subjects else frozenset()
    free = [lead for lead in school.safeguarding.leads if lead.staff not in barred]
    return tuple(f"{school.person(lead.staff).known_as}, {lead.phone}" for lead in free)


def opening_words(school: School) -> str:
    """Return ``8am to 4.30pm``."""
    return f"{say_time(school.opening.start)} to {say_time(school.opening.end)}"


def _at(local: datetime, wall: time) -> datetime:
    return to_utc(datetime.combine(local.date(), wall))
