"""A school as its settings file describes it, checked once when it is loaded."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping  # noqa: TC003 - read when the file is loaded
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - read when the file is loaded
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from assistant.casework.duty import USUAL_DUTY, DutyRules
from assistant.casework.embed import USUAL_EMBED, Embed
from assistant.casework.kinds import CaseKind, Role
from assistant.casework.logo import Logo, read_logo
from assistant.casework.policy import SocialMediaPolicy, current_of
from assistant.casework.policy_steps import PolicyStep  # noqa: TC001 - read when it is loaded
from assistant.casework.retention import USUAL, RetentionRules
from assistant.casework.school_check import check_school
from assistant.casework.school_shapes import (
    USUAL_FIGURES,
    WEEKDAYS,
    Availability,
    AvailabilityRow,
    FigureRules,
    Helpline,
    Hours,
    Interpreter,
    LetterTemplate,
    MeetingRules,
    OutsideRoute,
    Person,
    Privacy,
    Relationship,
    Room,
    Safeguarding,
    SchoolClass,
    SignInRules,
    Stage,
    Term,
    Topic,
    Twilight,
)
from assistant.casework.tables import TABLE_NAME, TableError, build

BUILT_IN = Path(__file__).parent.parent / "schools"
"""The folder of the demonstration schools; neither of them exists."""


class SchoolFileError(ValueError):
    """A school file that cannot be used; its text names the file, the table and the row."""


def _rows(table: str) -> Any:  # noqa: ANN401 - a field of any type
    return field(metadata={TABLE_NAME: table})


def _rows_if_any(table: str) -> Any:  # noqa: ANN401 - a field of any type
    return field(default=(), metadata={TABLE_NAME: table})


@dataclass(frozen=True)
class School:
    """Everything a school tells Schoolgate about itself.

    ``trust`` is empty for a maintained school. ``governance_contact`` is the council or trust
    office to turn to when nobody inside is free of a conflict. ``inset`` and ``bank_holidays``
    are dates on which no pupil comes. ``interpreters`` are languages for which the school can
    arrange somebody; ``bookable_interpreters`` have hours that are booked with the meeting.
    A matter brought more than ``late_after_months`` calendar months after it happened waits for
    a person to decide. ``meeting_place`` is where people meet at a school that lists no rooms.
    ``grave_steps_by`` are the roles that may close something of the school's own to a parent, or
    ask for legal advice or the police; a closing ends after ``restriction_days_at_most`` days.
    """

    name: str
    short_name: str
    phase: Literal["primary", "secondary"]
    kind: Literal["maintained", "academy"]
    trust: str
    colour: str
    address: str
    phone: str
    email: str
    office_hours: str
    website: str
    governance_contact: str
    meeting_place: str
    inset: tuple[date, ...]
    bank_holidays: tuple[date, ...]
    interpreters: tuple[str, ...]
    opening: Hours
    safeguarding: Safeguarding
    privacy: Privacy
    people: tuple[Person, ...] = _rows("staff")
    relationships: tuple[Relationship, ...] = _rows("relationship")
    classes: tuple[SchoolClass, ...] = _rows("class")
    terms: tuple[Term, ...] = _rows("term")
    gates: tuple[Hours, ...] = _rows("gate")
    twilights: tuple[Twilight, ...] = _rows("twilight")
    availability_rows: tuple[AvailabilityRow, ...] = _rows("availability")
    meeting_rules: tuple[MeetingRules, ...] = _rows("meeting")
    rooms: tuple[Room, ...] = _rows("room")
    helplines: tuple[Helpline, ...] = _rows("helpline")
    outside_routes: tuple[OutsideRoute, ...] = _rows("outside")
    stages: tuple[Stage, ...] = _rows("stage")
    policy_versions: tuple[SocialMediaPolicy, ...] = _rows("social_media_policy")
    bookable_interpreters: tuple[Interpreter, ...] = _rows_if_any("interpreter")
    letters: tuple[LetterTemplate, ...] = _rows_if_any("letter")
    topics: tuple[Topic, ...] = _rows_if_any("topic")
    figures: FigureRules = USUAL_FIGURES
    retention: RetentionRules = USUAL
    late_after_months: int = 3
    grave_steps_by: tuple[Role, ...] = (Role.HEADTEACHER, Role.CHAIR)
    restriction_days_at_most: int = 90
    sign_in: SignInRules = field(default=SignInRules())
    embed: Embed = USUAL_EMBED
    duty: DutyRules = USUAL_DUTY

    @property
    def social_media_policy(self) -> SocialMediaPolicy:
        """The version of the policy that holds now."""
        return current_of(self.policy_versions)

    @cached_property
    def by_id(self) -> Mapping[str, Person]:
        """Every person by id."""
        return {person.id: person for person in self.people}

    def person(self, staff_id: str) -> Person:
        """Return the person with that id; ``KeyError`` when there is none."""
        return self.by_id[staff_id]

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """Return everybody who holds ``role``, in the order of the file."""
        return tuple(person for person in self.people if role in person.roles)

    def school_class(self, name: str) -> SchoolClass | None:
        """Return the class of that name, whatever its letter case and spaces, or None."""
        wanted = _folded(name)
        return next((each for each in self.classes if _folded(each.name) == wanted), None)

    @cached_property
    def inboxes(self) -> Mapping[str, frozenset[str]]:
        """Shared mailbox id to the ids of all who read it; a head's PA always reads the head's."""
        readers: defaultdict[str, set[str]] = defaultdict(set)
        for person in self.people:
            if person.inbox:
                readers[person.inbox].add(person.id)
        heads = {person.id for person in self.with_role(Role.HEADTEACHER)}
        assistants = {person.id for person in self.with_role(Role.HEADS_PA)}
        readers["headteacher and PA"] |= heads | assistants
        return {inbox: frozenset(ids) for inbox, ids in readers.items()}

    @cached_property
    def availability(self) -> tuple[Availability, ...]:
        """The weekly pattern, one entry a person, weekday and span."""
        return tuple(
            Availability(staff_id, WEEKDAYS.index(day), row.start, row.end, row.modes)
            for row in self.availability_rows
            for staff_id in row.staff
            for day in row.days
        )

    def rules_for(self, person: Person) -> MeetingRules:
        """Return the first meeting rules of the file that name one of the person's roles."""
        roles = set(person.roles)
        return next(rules for rules in self.meeting_rules if roles & set(rules.roles))

    def letter_for(self, step: PolicyStep) -> LetterTemplate | None:
        """Return how the notice of a step of the policy begins, or None."""
        return next((each for each in self.letters if each.step is step), None)

    def stage(self, stage_id: str) -> Stage:
        """Return the stage with that id; ``KeyError`` when there is none."""
        return {stage.id: stage for stage in self.stages}[stage_id]

    def first_stage(self, kind: CaseKind) -> Stage:
        """Return the stage at which a case of ``kind`` begins."""
        return next(stage for stage in self.stages if kind in stage.starts)

    def stage_of(self, kind: CaseKind, name: str) -> Stage:
        """Return the stage with that name, or the first of ``kind`` when there is none such."""
        return next((each for each in self.stages if each.name == name), self.first_stage(kind))

    def stage_after(self, stage: Stage) -> Stage | None:
        """Return the stage that a parent may go on to, the next in the file, or None."""
        later = self.stages[self.stages.index(stage) + 1 :] if stage.escalate_days else ()
        return later[0] if later else None

    def outside_route(self, route_id: str) -> OutsideRoute | None:
        """Return the route outside the school with that id, or None."""
        return next((each for each in self.outside_routes if each.id == route_id), None)


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def load_school(path_or_name: str | Path) -> School:
    """Return the school of a TOML file, or of a built-in name (``primary``, ``secondary``).

    Raises ``SchoolFileError`` with one sentence that names the file, the table and the row.
    """
    path = _path_of(path_or_name)
    try:
        with path.open("rb") as file:
            school = build(School, tomllib.load(file), "the top of the file")
        check_school(school)
        read_logo(school.embed.logo, path.parent)
    except FileNotFoundError:
        message = f"There is no school file at {path}."
        raise SchoolFileError(message) from None
    except (TableError, tomllib.TOMLDecodeError) as problem:
        message = f"School file {path.name}: {problem}"
        raise SchoolFileError(message) from problem
    return school


def load_logo(path_or_name: str | Path, school: School) -> Logo | None:
    """Return the picture that ``school`` names beside its file, or None; it was checked before."""
    return read_logo(school.embed.logo, _path_of(path_or_name).parent)


def _path_of(path_or_name: str | Path) -> Path:
    built_in = BUILT_IN / f"{path_or_name}.toml"
    return built_in if str(path_or_name) in {"primary", "secondary"} else Path(path_or_name)
