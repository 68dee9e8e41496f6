"""What must agree inside a school file; each mistake is one sentence that names its row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.casework.kinds import CaseKind, Role
from assistant.casework.tables import TableError

if TYPE_CHECKING:
    from assistant.casework.school import School

NEEDED_ROLES = (Role.HEADTEACHER, Role.CHAIR, Role.CLERK)
"""Without these a complaint about the head, or about the chair, has nowhere to go."""


def check_school(school: School) -> None:
    """Raise ``TableError`` for the first disagreement in the file."""
    for problem in _problems(school):
        raise TableError(problem)


def _problems(school: School) -> Iterator[str]:
    yield from _repeats("staff", (person.id for person in school.people))
    yield from _repeats("class", (each.name for each in school.classes))
    yield from _missing_roles(school)
    yield from _strangers(school)
    yield from _wrong_terms(school)
    yield from _wrong_hours(school)
    yield from _wrong_meetings(school)
    yield from _unstarted_kinds(school)


def _repeats(table: str, names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for row, name in enumerate(names, start=1):
        if name in seen:
            yield f"{table} row {row}: “{name}” is there twice."
        seen.add(name)


def _missing_roles(school: School) -> Iterator[str]:
    for role in NEEDED_ROLES:
        if not school.with_role(role):
            yield f"staff: nobody has the role “{role.value}” ({role.label})."


def _strangers(school: School) -> Iterator[str]:
    named = [
        *((f"relationship row {row}", tie.a) for row, tie in enumerate(school.relationships, 1)),
        *((f"relationship row {row}", tie.b) for row, tie in enumerate(school.relationships, 1)),
        *((f"class row {row}", each.teacher) for row, each in enumerate(school.classes, 1)),
        *(
            (f"availability row {row}", staff_id)
            for row, line in enumerate(school.availability_rows, 1)
            for staff_id in line.staff
        ),
        *((f"safeguarding lead {row}", lead.staff)
          for row, lead in enumerate(school.safeguarding.leads, 1)),
    ]
    for where, staff_id in named:
        if staff_id not in school.by_id:
            yield f"{where}: nobody on the staff list has the id “{staff_id}”."


def _wrong_terms(school: School) -> Iterator[str]:
    for row, term in enumerate(school.terms, start=1):
        if not term.start <= term.half_term_start <= term.half_term_end <= term.end:
            yield f"term row {row} ({term.name}): its dates are not in order."
    for row, (earlier, later) in enumerate(pairwise(school.terms), start=2):
        if later.start <= earlier.end:
            yield f"term row {row} ({later.name}): it starts before {earlier.name} has ended."


def _wrong_hours(school: School) -> Iterator[str]:
    spans = [
        *((f"gate row {row}", each) for row, each in enumerate(school.gates, 1)),
        *((f"twilight row {row}", each) for row, each in enumerate(school.twilights, 1)),
        *((f"availability row {row}", each) for row, each in enumerate(school.availability_rows, 1)),
    ]
    for where, span in spans:
        if span.start >= span.end:
            yield f"{where}: it ends before it starts."
        if _off_grid(span.start) or _off_grid(span.end):
            yield f"{where}: times go in steps of five minutes."


def _off_grid(at: time) -> bool:
    return bool(at.minute % 5 or at.second or at.microsecond)


def _wrong_meetings(school: School) -> Iterator[str]:
    for row, rules in enumerate(school.meeting_rules, start=1):
        if rules.minutes <= 0 or rules.minutes % 5 or rules.buffer_minutes % 5:
            yield f"meeting row {row}: minutes and buffer_minutes go in steps of five."
    roles = {role for rules in school.meeting_rules for role in rules.roles}
    for row, line in enumerate(school.availability_rows, start=1):
        for staff_id in line.staff:
            if not roles & set(school.person(staff_id).roles):
                yield f"availability row {row}: no meeting rules for the role of “{staff_id}”."


def _unstarted_kinds(school: School) -> Iterator[str]:
    started = {kind for stage in school.stages for kind in stage.starts}
    for kind in CaseKind:
        if kind not in started:
            yield f"stage: no stage starts a case of the kind “{kind.value}”."
