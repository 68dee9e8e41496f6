"""Rooms and interpreters: whose time a meeting takes beside its host's.

A meeting in person needs a room, at a school that lists rooms. A language needs an interpreter
where one of that language can be booked; for another the school arranges somebody, as the office
does by telephone. A start is free when one room and one interpreter are free for the meeting and
its buffer; which of them comes is chosen when the time is taken, always the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from assistant.casework.grid import WHOLE_DAY, span_mask, starts_of_runs
from assistant.casework.kinds import MeetingMode
from assistant.casework.school_shapes import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from assistant.casework.busy import Busy
    from assistant.casework.school import School
    from assistant.casework.school_shapes import Interpreter, Room

ROOM = "room:"
INTERPRETER = "interpreter:"
SIGN_LANGUAGE = frozenset({"bsl", "sign language", "british sign language"})

Week = tuple[Mapping[MeetingMode, int], ...]
"""For each weekday and mode the mask of the cells in which a resource can serve."""

ALWAYS_IN_PERSON: Week = ({MeetingMode.IN_PERSON: WHOLE_DAY},) * len(WEEKDAYS)


def room_key(room_id: str) -> str:
    """Return the name under which a room's time is kept in the cell table."""
    return f"{ROOM}{room_id}"


def interpreter_key(interpreter_id: str) -> str:
    """Return the name under which an interpreter's time is kept in the cell table."""
    return f"{INTERPRETER}{interpreter_id}"


def ids_of(kind: str, keys: Iterable[str]) -> list[str]:
    """Return the ids of the rooms (``ROOM``) or interpreters (``INTERPRETER``) among the keys."""
    return [key.removeprefix(kind) for key in keys if key.startswith(kind)]


def speaks(one: str, other: str) -> bool:
    """Tell whether two words name the same language; "BSL" is British Sign Language."""
    first, second = one.strip().casefold(), other.strip().casefold()
    return first == second or {first, second} <= SIGN_LANGUAGE


def rooms_for(school: School, *, step_free: bool) -> tuple[Room, ...]:
    """Return the rooms that will do, best first.

    Whoever can climb steps is shown to a room with steps while there is one, so that the others
    stay free for those who cannot.
    """
    if step_free:
        return tuple(room for room in school.rooms if room.step_free)
    return tuple(sorted(school.rooms, key=lambda room: room.step_free))


def interpreters_for(school: School, language: str | None) -> tuple[Interpreter, ...]:
    """Return the bookable interpreters of a language, in the order of the file."""
    return tuple(
        each
        for each in school.bookable_interpreters
        if any(speaks(language or "", spoken) for spoken in each.languages)
    )


def working_week(interpreter: Interpreter) -> Week:
    """Return when and how the interpreter works."""
    week = tuple(dict.fromkeys(MeetingMode, 0) for _ in WEEKDAYS)
    for row in interpreter.hours:
        for day in row.days:
            for mode in row.modes:
                week[WEEKDAYS.index(day)][mode] |= span_mask(row.start, row.end)
    return week


class Stretch(NamedTuple):
    """What is looked for on a day: ``length`` cells in a row, ``needed`` with the buffer."""

    day: date
    length: int
    needed: int


@dataclass(frozen=True)
class Resource:
    """One room or interpreter: when it can serve, and what is taken of it."""

    key: str
    week: Week
    busy: Busy

    def starts(self, wanted: Stretch, mode: MeetingMode) -> int:
        """Return the mask of the day's starts from which it serves and is free for long enough."""
        serves = self.week[wanted.day.weekday()].get(mode, 0)
        free = self.busy.free_on(wanted.day)
        return starts_of_runs(serves & free, wanted.length) & starts_of_runs(free, wanted.needed)


Pool = Sequence[Resource]
"""Resources of which one is needed and any will do, best first."""


@dataclass(frozen=True)
class Company:
    """What a meeting needs beside its host; a pool that is None is not needed."""

    rooms: Pool | None = None
    interpreters: Pool | None = None
    _found: dict[Stretch, Mapping[MeetingMode, int]] = field(default_factory=dict)

    def starts(self, wanted: Stretch) -> Mapping[MeetingMode, int]:
        """Return for each mode the starts at which a room and an interpreter are free.

        What was found is kept, because most hosts look for the same.
        """
        if wanted not in self._found:
            self._found[wanted] = {mode: self._starts(wanted, mode) for mode in MeetingMode}
        return self._found[wanted]

    def choose(
        self, wanted: Stretch, mode: MeetingMode, bit: int, kept: Collection[str]
    ) -> tuple[str, ...]:
        """Return the keys of the room and the interpreter who come, as far as they are needed.

        ``bit`` is a set bit of ``starts``. One of ``kept``, which the caller has at that time
        already, comes before the best.
        """
        chosen = []
        for pool in self._pools(mode):
            free = [each.key for each in pool if each.starts(wanted, mode) >> bit & 1]
            chosen.append(min(free, key=lambda key: key not in kept))
        return tuple(chosen)

    def _starts(self, wanted: Stretch, mode: MeetingMode) -> int:
        found = WHOLE_DAY
        for pool in self._pools(mode):
            found &= reduce(or_, (each.starts(wanted, mode) for each in pool), 0)
        return found

    def _pools(self, mode: MeetingMode) -> list[Pool]:
        """Only who meets in person needs a room: a shortage of rooms leaves the telephone."""
        rooms = self.rooms if mode is MeetingMode.IN_PERSON else None
        return [pool for pool in (rooms, self.interpreters) if pool is not None]


ALONE = Company()
"""A meeting that needs nobody and nothing beside its host."""
