"""Change the draft of a chat: words, doors, order; join, split, leave out. Nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.parts import parts_of
from assistant.casework.point_doors import PointDoor
from assistant.casework.points import louder
from assistant.services.point_drafts import NOBODYS, Draft, Point, draft_of, row_of
from assistant.services.turns import load_conversation
from assistant.services.view_points import sent_receipts
from assistant.store.columns import new_id
from assistant.store.point_tables import PointDraft
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.services.desk import Desk
    from assistant.services.shapes import Child, Contact
    from assistant.store.unit_of_work import UnitOfWork

UP, DOWN, JOIN, SPLIT, LEAVE, PUT_BACK = "up", "down", "join", "split", "leave", "back"


@dataclass(frozen=True)
class Edited:
    """What the page's fields held: by point its words and its door, and how to reach the parent.

    ``seen`` and ``version`` are those of the page that was shown.
    """

    seen: int
    version: int
    words: Mapping[str, str] = field(default_factory=dict)
    doors: Mapping[str, str] = field(default_factory=dict)
    contact: Contact | None = None
    child: Child | None = None
    nameless: bool = False


@dataclass(frozen=True)
class Move:
    """What a button asks for beside keeping the words: which ``act``, of which point, where."""

    act: str = ""
    point: str = ""
    at: int = 0


def change_points(
    desk: Desk, conversation_id: str, edited: Edited, move: Move = Move()
) -> tuple[str, ...]:
    """Keep what was edited and do what was asked for.

    Returns words that are kept nowhere because the page they stood on was out of date; then
    nothing was changed. Points that were sent stay as they are. Raises ``ConversationGone``.
    """
    return settled(partial(_change, desk, conversation_id, edited, move))


def mark_warned(desk: Desk, conversation_id: str, digests: Mapping[str, str]) -> None:
    """Remember by point the words after which the parent read of danger; they are left out now."""

    def mark(draft: Draft) -> Draft:
        points = tuple(
            replace(point, left_out=True, told=True) if point.id in digests else point
            for point in draft.points
        )
        warned = tuple({*draft.warned, *digests.values()})
        return replace(draft, points=points, warned=warned, version=draft.version + 1)

    settled(partial(_put, desk, conversation_id, mark))


def _put(desk: Desk, conversation_id: str, change: Callable[[Draft], Draft]) -> None:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        _keep(desk, work, conversation_id, change(draft_of(work, conversation_id)))
        work.commit(unrecorded=NOBODYS)


def _change(desk: Desk, conversation_id: str, edited: Edited, move: Move) -> tuple[str, ...]:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        draft = draft_of(work, conversation_id, until=edited.seen)
        if draft.version != edited.version:
            return _unkept(draft_of(work, conversation_id), edited)
        sent = frozenset(sent_receipts(desk, work, conversation_id, draft))
        after = _moved(_edited(draft, edited, sent), move, sent)
        _keep(desk, work, conversation_id, replace(after, version=draft.version + 1))
        work.commit(unrecorded=NOBODYS)
        return ()


def _keep(desk: Desk, work: UnitOfWork, conversation_id: str, draft: Draft) -> None:
    row = row_of(work, conversation_id, lock=True)
    if row is None:
        row = PointDraft(id=new_id(), conversation_id=conversation_id)
        work.session.add(row)
    work.seal_json(row, "draft", draft.to_json())
    row.touched_at = desk.clock.now()


def _unkept(draft: Draft, edited: Edited) -> tuple[str, ...]:
    known = {_plain(point.words) for point in draft.points}
    return tuple(words for words in edited.words.values() if words and _plain(words) not in known)


def _edited(draft: Draft, edited: Edited, sent: frozenset[str]) -> Draft:
    points = tuple(point if point.id in sent else _point(point, edited) for point in draft.points)
    return replace(
        draft,
        points=points,
        contact=edited.contact or draft.contact,
        child=edited.child or draft.child,
        nameless=edited.nameless if edited.contact else draft.nameless,
    )


def _point(point: Point, edited: Edited) -> Point:
    door = edited.doors.get(point.id, point.door)
    known = {each.value for each in PointDoor}
    words = edited.words.get(point.id, point.words)
    return replace(point, words=words, door=door if door in known else point.door)


def _moved(draft: Draft, move: Move, sent: frozenset[str]) -> Draft:
    points = list(draft.points)
    place = next((n for n, each in enumerate(points) if each.id == move.point), None)
    if place is None or move.point in sent:
        return draft
    if move.act in {LEAVE, PUT_BACK}:
        points[place] = replace(points[place], left_out=move.act == LEAVE)
    elif move.act == SPLIT:
        points[place : place + 1] = _split(points[place], move.at, draft.version)
    else:
        other = _neighbour(points, place, 1 if move.act == DOWN else -1, sent)
        if other is None:
            return draft
        if move.act == JOIN:
            points[other] = _joined(points[other], points[place])
            del points[place]
        elif move.act in {UP, DOWN}:
            points[place], points[other] = points[other], points[place]
    return replace(draft, points=tuple(points))


def _neighbour(points: list[Point], place: int, step: int, sent: frozenset[str]) -> int | None:
    """Return the place of the next point in that direction that was not sent."""
    place += step
    while 0 <= place < len(points):
        if points[place].id not in sent:
            return place
        place += step
    return None


def _joined(one: Point, other: Point) -> Point:
    return replace(
        one,
        words="\n\n".join(words for words in (one.words, other.words) if words),
        reading=louder(one.reading, other.reading),
        told=one.told or other.told,
        left_out=one.left_out and other.left_out,
    )


def _split(point: Point, at: int, version: int) -> list[Point]:
    """Return two points, cut before character ``at``; one where there is nothing to cut."""
    cuts = {start for start, _ in parts_of(point.words)}
    first, second = point.words[:at].strip(), point.words[at:].strip()
    if at not in cuts or not first or not second:
        return [point]
    return [
        replace(point, words=first),
        replace(point, id=f"{point.id}.{version}", words=second),
    ]


def _plain(words: str) -> str:
    return " ".join(words.split())
