"""A copy of a person's data, from the draft that staff look at to the one that is handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from assistant.casework.masking import Segment
    from assistant.services.desk_shapes import CaseRow, DueDate, MeetingRow


@dataclass(frozen=True)
class DataSubject:
    """Whose data is asked for; stored as its JSON.

    ``children`` are the names of the children for whom they may see it too.
    """

    name: str
    other_names: str = ""
    email: str = ""
    phone: str = ""
    children: tuple[str, ...] = ()

    @property
    def own_names(self) -> tuple[str, ...]:
        """Every name that is never hidden."""
        return tuple(name for name in (self.name, self.other_names, *self.children) if name)


@dataclass(frozen=True)
class DisclosureView:
    """One's own part of the answer to a request; ``person`` is None until it was begun."""

    reference: str
    person: DataSubject | None = None
    identity: str = ""
    why: str = ""
    made_at: datetime | None = None
    sealed: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True)
class Proposals:
    """Records that match the person, and why; ``chosen`` are the references that were ticked."""

    cases: tuple[CaseRow, ...]
    meetings: tuple[MeetingRow, ...]
    why: dict[str, str]
    chosen: frozenset[str]


@dataclass(frozen=True)
class Passage:
    """Words of a record before anything is hidden.

    ``key`` stays the same from draft to draft. ``held`` says why it is held back until a person
    lets it be read, empty for most.
    """

    key: str
    title: str
    at: datetime | None
    text: str
    held: str = ""


@dataclass(frozen=True)
class Reading:
    """People with this role opened the record, between these days (London)."""

    role: str
    first: date
    last: date


@dataclass(frozen=True)
class WholeRecord:
    """A record as it stands, for nobody's eyes but the maker's."""

    reference: str
    what: str
    facts: tuple[tuple[str, str], ...]
    dates: tuple[DueDate, ...]
    passages: tuple[Passage, ...]
    readings: tuple[Reading, ...]
    names: tuple[tuple[str, str], ...] = field(repr=False)
    """Names in its fields with what stands for them, "another child"."""


@dataclass(frozen=True)
class DraftPassage:
    """A passage with its masks; ``looks`` are reasons to look twice."""

    key: str
    title: str
    at: datetime | None
    segments: tuple[Segment, ...]
    withheld: bool
    held: str
    looks: tuple[str, ...]

    @property
    def hidden(self) -> tuple[str, ...]:
        """Every stretch of words that is hidden, once."""
        return tuple(dict.fromkeys(part.words for part in self.segments if part.label))


@dataclass(frozen=True)
class DraftRecord:
    """A record of the draft; with every passage held back it is left out of the copy, whole."""

    reference: str
    what: str
    facts: tuple[tuple[str, str], ...]
    dates: tuple[DueDate, ...]
    passages: tuple[DraftPassage, ...]
    readings: tuple[Reading, ...]

    @property
    def left_out(self) -> bool:
        """Whether the copy does not even say that there is such a record."""
        return all(passage.withheld for passage in self.passages)


@dataclass(frozen=True)
class Draft:
    """The whole draft; ``digest`` is the SHA-256 of the copy that it would become."""

    view: DisclosureView
    records: tuple[DraftRecord, ...]
    digest: str
