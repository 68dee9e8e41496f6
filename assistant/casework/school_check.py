"""What must agree inside a school file; each mistake is one sentence that names its row."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from assistant.casework.alert_leads import FRONT_DOOR, LADO
from assistant.casework.embed import wrong_embed
from assistant.casework.kinds import CaseKind, Role
from assistant.casework.policy_check import Problem, wrong_steps, wrong_versions
from assistant.casework.resources import speaks
from assistant.casework.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import time

    from assistant.casework.school import School
    from assistant.casework.school_shapes import (
        AvailabilityRow,
        Hours,
        Interpreter,
        InterpreterHours,
        Safeguarding,
        Term,
        Twilight,
    )

FEWEST_SHOWN = 3
LONGEST_TERM = timedelta(weeks=26)
LONGEST_HOLIDAY = timedelta(weeks=10)

OF_THE_COUNCIL = (FRONT_DOOR, LADO)
"""Bodies to refer to that every school has; those of the file need other names."""

NEEDED_ROLES = (Role.HEADTEACHER, Role.CHAIR, Role.CLERK)
"""Without these a complaint about the head, or about the chair, has nowhere to go."""


def check_school(school: School) -> None:
    """Raise ``TableError`` for the first disagreement in the file."""
    for where, problem in _problems(school):
        raise TableError(where, problem)


def _problems(school: School) -> Iterator[Problem]:
    yield from _repeats("staff", (person.id for person in school.people))
    yield from _repeats("class", (each.name for each in school.classes))
    yield from _repeats("room", (each.id for each in school.rooms))
    yield from _repeats("interpreter", (each.id for each in school.bookable_interpreters))
    yield from _repeats("letter", (each.id for each in school.letters))
    yield from _repeats("topic", (each.id for each in school.topics))
    yield from _wrong_figures(school)
    yield from _missing_roles(school)
    yield from _strangers(school)
    yield from _wrong_terms(school)
    yield from _wrong_hours(school)
    yield from _wrong_meetings(school)
    yield from _wrong_interpreters(school)
    yield from _unstarted_kinds(school)
    yield from wrong_versions(school.policy_versions)
    yield from wrong_steps(school)
    if school.sign_in.grace_days < 0:
        yield "sign_in", "grace_days cannot be less than 0."
    yield from school.retention.problems()
    yield from school.duty.problems()
    yield from _wrong_safeguarding(school.safeguarding)
    yield from wrong_embed(school)


def _repeats(table: str, names: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for row, name in enumerate(names, start=1):
        if name in seen:
            yield f"{table} row {row}", f"“{name}” is there twice."
        seen.add(name)


def _missing_roles(school: School) -> Iterator[Problem]:
    for role in NEEDED_ROLES:
        if not school.with_role(role):
            yield "staff", f"nobody has the role “{role.value}” ({role.label})."


def _strangers(school: School) -> Iterator[Problem]:
    named = [
        *((f"relationship row {row}", tie.a) for row, tie in enumerate(school.relationships, 1)),
        *((f"relationship row {row}", tie.b) for row, tie in enumerate(school.relationships, 1)),
        *((f"class row {row}", each.teacher) for row, each in enumerate(school.classes, 1)),
        *(
            (f"availability row {row}", staff_id)
            for row, line in enumerate(school.availability_rows, 1)
            for staff_id in line.staff
        ),
        *(
            (f"safeguarding lead {row}", lead.staff)
            for row, lead in enumerate(school.safeguarding.leads, 1)
        ),
        *(
            (f"safeguarding cover {row}", cover.staff)
            for row, cover in enumerate(school.safeguarding.cover, 1)
        ),
    ]
    for where, staff_id in named:
        if staff_id not in school.by_id:
            yield f"{where}", f"nobody on the staff list has the id “{staff_id}”."


def _wrong_terms(school: School) -> Iterator[Problem]:
    if not school.terms:
        yield "term", "there must be at least one, with its first and last day."
    yield from _repeats("term", (term.name for term in school.terms))
    for row, term in enumerate(school.terms, start=1):
        yield from ((_term_row(row, term), problem) for problem in _wrong_term(term))
    for row, (earlier, later) in enumerate(pairwise(school.terms), start=2):
        yield from ((_term_row(row, later), problem) for problem in _wrong_pair(earlier, later))


def _wrong_term(term: Term) -> Iterator[str]:
    if term.end < term.start:
        yield "it ends before it starts."
    elif term.end - term.start > LONGEST_TERM:
        yield "it is longer than half a year. Is a year mistyped?"
    if term.half_term_end < term.half_term_start:
        yield "its half-term ends before it starts."
    elif not term.start <= term.half_term_start <= term.half_term_end <= term.end:
        yield "its half-term does not lie within the term."


def _wrong_pair(earlier: Term, later: Term) -> Iterator[str]:
    if later.start <= earlier.end:
        yield f"it starts before {earlier.name} has ended. Terms go in order and never overlap."
    elif later.start - earlier.end > LONGEST_HOLIDAY:
        yield f"more than ten weeks lie between it and {earlier.name}. Is a term missing?"


def _term_row(row: int, term: Term) -> str:
    return f"term row {row} ({term.name})"


def _wrong_safeguarding(safeguarding: Safeguarding) -> Iterator[Problem]:
    yield from _repeats(
        "safeguarding body", (*OF_THE_COUNCIL, *(b.id for b in safeguarding.bodies))
    )
    for row, cover in enumerate(safeguarding.cover, start=1):
        if cover.end < cover.start:
            yield f"safeguarding cover {row}", "it ends before it starts."
    if safeguarding.escalate_after_repeats < 1:
        yield "safeguarding", "escalate_after_repeats must be 1 or more."


def _wrong_hours(school: School) -> Iterator[Problem]:
    yield from _wrong_spans("gate", school.gates)
    yield from _wrong_spans("twilight", school.twilights)
    yield from _wrong_spans("availability", school.availability_rows)
    yield from _double_hours(school)


def _double_hours(school: School) -> Iterator[Problem]:
    """One stretch of time has one row: two would not agree on how people meet."""
    numbered = list(enumerate(school.availability_rows, start=1))
    for (first, one), (second, other) in combinations(numbered, 2):
        shared = (
            sorted(set(one.staff) & set(other.staff)) if set(one.days) & set(other.days) else []
        )
        if shared and one.start < other.end and other.start < one.end:
            told = f"its times overlap those of row {first} for “{shared[0]}” on the same day."
            yield f"availability row {second}", told


def _wrong_spans(
    table: str, spans: Sequence[Hours | Twilight | AvailabilityRow | InterpreterHours]
) -> Iterator[Problem]:
    for row, span in enumerate(spans, start=1):
        if span.start >= span.end:
            yield f"{table} row {row}", "it ends before it starts."
        if _off_grid(span.start) or _off_grid(span.end):
            yield f"{table} row {row}", "times go in steps of five minutes."


def _off_grid(at: time) -> bool:
    return bool(at.minute % 5 or at.second or at.microsecond)


def _wrong_meetings(school: School) -> Iterator[Problem]:
    for row, rules in enumerate(school.meeting_rules, start=1):
        if rules.minutes <= 0 or rules.minutes % 5 or rules.buffer_minutes % 5:
            yield f"meeting row {row}", "minutes and buffer_minutes go in steps of five."
    roles = {role for rules in school.meeting_rules for role in rules.roles}
    for row, line in enumerate(school.availability_rows, start=1):
        for staff_id in line.staff:
            if not roles & set(school.person(staff_id).roles):
                yield f"availability row {row}", f"no meeting rules for the role of “{staff_id}”."


def _wrong_interpreters(school: School) -> Iterator[Problem]:
    for row, each in enumerate(school.bookable_interpreters, start=1):
        where = f"interpreter row {row} ({each.name})"
        if each.id in school.by_id:
            yield where, "an interpreter comes from outside, and this one is on the staff list."
        yield from _wrong_languages(school, where, each)
        if not each.hours:
            yield where, "it has no hours."
        if each.email and "@" not in each.email:
            yield where, f"“{each.email}” is no e-mail address."
        yield from _wrong_spans(f"{where}, hours", each.hours)


def _wrong_languages(school: School, where: str, each: Interpreter) -> Iterator[Problem]:
    if not each.languages:
        yield where, "it has no languages."
    for language in each.languages:
        if not any(speaks(known, language) for known in school.interpreters):
            yield where, f"“{language}” is not in the list of languages, “interpreters”."


def _wrong_figures(school: School) -> Iterator[Problem]:
    if school.figures.smallest_shown < FEWEST_SHOWN:
        yield "figures", f"smallest_shown is at least {FEWEST_SHOWN}: fewer are easily recognised."
    if school.figures.settle_days < 0:
        yield "figures", "settle_days is not below 0."


def _unstarted_kinds(school: School) -> Iterator[Problem]:
    started = {kind for stage in school.stages for kind in stage.starts}
    for kind in CaseKind:
        if kind not in started:
            yield "stage", f"no stage starts a case of the kind “{kind.value}”."
