"""The draft of a chat as points: what the parent changed, and what they typed since.

A draft is nobody's record: it is sealed with the chat's key and goes when the chat goes. Whether a
point was sent is not written here; the case that has its key tells it, so no crash can part them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from assistant.casework.points import Part, grouped, reading_of
from assistant.casework.reading import Reading
from assistant.services.shapes import Child, Contact
from assistant.services.turns import ANSWERED, load_conversation, parts_kept
from assistant.store.point_tables import PointDraft
from assistant.store.tables import Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from assistant.store.unit_of_work import UnitOfWork

NOBODYS = "a draft is nobody's record until it is sent"
ALREADY_TOLD = frozenset({"safeguarding", "emergency", "wellbeing"})
"""Channels of answers after which the words went to the safeguarding leads."""
HARMLESS_BELOW = 0.1
"""Below this probability of every door of safety a point of such a message can still be sent."""


@dataclass(frozen=True)
class Point:
    """One point; ``door`` is the parent's choice (a ``PointDoor``), empty before they chose.

    ``told`` tells that its words went to the safeguarding leads already.
    """

    id: str
    words: str
    reading: Reading = field(default_factory=Reading)
    door: str = ""
    left_out: bool = False
    told: bool = False


@dataclass(frozen=True)
class Draft:
    """The points in order, how to reach the parent, and how far the chat is in it.

    ``seen`` is the number of the last turn that is sorted; ``version`` counts the changes;
    ``warned`` are digests of words after which the parent read of danger.
    """

    points: tuple[Point, ...] = ()
    contact: Contact = field(default_factory=Contact)
    child: Child = field(default_factory=Child)
    nameless: bool = False
    seen: int = 0
    version: int = 0
    warned: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Draft:
        """Read what ``to_json`` wrote."""
        points = tuple(
            Point(**{**point, "reading": Reading.from_json(point["reading"])})
            for point in data["points"]
        )
        built = {"contact": Contact(**data["contact"]), "child": Child(**data["child"])}
        return cls(**{**data, **built, "points": points, "warned": tuple(data["warned"])})

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON types."""
        points = [{**asdict(point), "reading": point.reading.to_json()} for point in self.points]
        return {**asdict(self), "points": points}


def key_of(conversation_id: str, point: Point) -> str:
    """Return the key under which the point is sent: once, whatever happens in between."""
    return f"point:{conversation_id}:{point.id}"


def row_of(work: UnitOfWork, conversation_id: str, *, lock: bool = False) -> PointDraft | None:
    """Return the row of what was changed, if anything was."""
    mine = select(PointDraft).where(PointDraft.conversation_id == conversation_id)
    return work.session.scalars(mine.with_for_update() if lock else mine).first()


def draft_of(work: UnitOfWork, conversation_id: str, *, until: int | None = None) -> Draft:
    """Return the draft with what was typed since, up to turn ``until`` if given.

    Raises ``ConversationGone``.
    """
    load_conversation(work.session, conversation_id)
    row = row_of(work, conversation_id)
    kept = Draft.from_json(work.unseal_json(row, "draft")) if row else Draft()
    turns = _typed_after(work, conversation_id, kept.seen, until)
    seen = max([kept.seen, *(turn.number for turn in turns)])
    return replace(kept, points=(*kept.points, *_sorted(work, turns)), seen=seen)


def _typed_after(
    work: UnitOfWork, conversation_id: str, seen: int, until: int | None
) -> Sequence[Turn]:
    """Return the typed messages that are not in the draft yet.

    What a meeting was booked or a complaint lodged with in the chat is sent, and stays out.
    """
    mine = select(Turn).where(Turn.conversation_id == conversation_id, Turn.number > seen)
    if until is not None:
        mine = mine.where(Turn.number <= until)
    turns = work.session.scalars(mine.order_by(Turn.number)).all()
    done = max((turn.number for turn in turns if _ends_in_a_record(work, turn)), default=0)
    return [turn for turn in turns if turn.payload is None and turn.number > done]


def _ends_in_a_record(work: UnitOfWork, turn: Turn) -> bool:
    if turn.state != ANSWERED or not turn.answer:
        return False
    answer = work.unseal_json(turn, "answer")
    last = answer["replies"][-1] if answer["replies"] else {}
    return bool(answer.get("record") and last.get("ended"))


def _sorted(work: UnitOfWork, turns: Sequence[Turn]) -> Iterator[Point]:
    parts: list[Part] = []
    places: list[tuple[Turn, int]] = []
    for turn in turns:
        for start, part in _parts(work, turn):
            parts.append(part)
            places.append((turn, start))
    for numbers in grouped(parts):
        turn, start = places[numbers[0]]
        reading = reading_of(parts[number] for number in numbers)
        passed_on = any(places[number][0].channel in ALREADY_TOLD for number in numbers)
        told = passed_on and not _is_harmless(reading)
        yield Point(
            id=f"{turn.number}-{start}",
            words=_words(parts, numbers).strip(),
            reading=reading,
            told=told,
            left_out=told,
        )


def _is_harmless(reading: Reading) -> bool:
    """Whether a point of a message that went to the leads is plainly another matter."""
    safety = max((reading.doors.get(door, 0.0) for door in ALREADY_TOLD), default=0.0)
    return bool(reading.doors) and safety < HARMLESS_BELOW


def _words(parts: Sequence[Part], numbers: Sequence[int]) -> str:
    """Return the words of a point; messages of the chat stand in paragraphs."""
    said = ""
    for number in numbers:
        said += ("\n\n" if said and parts[number].opens else "") + parts[number].words
    return said


def _parts(work: UnitOfWork, turn: Turn) -> Iterator[tuple[int, Part]]:
    words, kept = work.unseal(turn, "words"), parts_kept(work, turn)
    if not words:
        return
    if not kept or kept[-1][1] != len(words):
        yield 0, Part(words, opens=True, alone=True)
        return
    for start, end, reading in kept:
        yield start, Part(words[start:end], reading, opens=start == 0)
