"""List the parents who wait for a person, and the talks that somebody has taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.casework.duty import ChatState
from assistant.services.duty_rows import Attendant, attendants
from assistant.services.live_chats import is_outside_wall, is_waiting
from assistant.services.shapes import Contact
from assistant.store.live_tables import LiveChat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from assistant.services.desk import Desk


@dataclass(frozen=True)
class Waiting:
    """A parent who waits: nothing about the matter, only for how many whole minutes."""

    id: str
    minutes: int


@dataclass(frozen=True)
class OwnChat:
    """A talk that the person has taken and that is not over; ``parent`` is empty if not given."""

    id: str
    parent: str


@dataclass(frozen=True)
class ChatList:
    """What waits; ``until`` when one is here oneself; who else is here; one's own talks."""

    waiting: tuple[Waiting, ...]
    until: datetime | None
    others: tuple[Attendant, ...]
    own: tuple[OwnChat, ...]


def list_chats(desk: Desk, *, staff_id: str) -> ChatList:
    """Return what one person may see; a wait that names them or somebody close is not there."""
    with desk.unit_of_work(read_only=True) as work:
        here = attendants(desk, work)
        mine = LiveChat.taken_by == staff_id, LiveChat.state == ChatState.TAKEN.value
        own = select(LiveChat).where(*mine, is_outside_wall(desk.school, staff_id))
        rows = work.session.scalars(own.order_by(LiveChat.asked_at)).all()
        waits = select(LiveChat.id, LiveChat.asked_at).where(
            *is_waiting(desk), is_outside_wall(desk.school, staff_id)
        )
        now = desk.machine_clock.now()
        found = work.session.execute(waits.order_by(LiveChat.asked_at, LiveChat.id)).all()
        return ChatList(
            tuple(Waiting(each, int((now - at).total_seconds() // 60)) for each, at in found),
            next((each.until for each in here if each.staff_id == staff_id), None),
            tuple(each for each in here if each.staff_id != staff_id),
            tuple(
                OwnChat(row.id, Contact(**work.unseal_json(row, "contact")).name) for row in rows
            ),
        )


def count_waiting(desk: Desk, *, staff_id: str) -> int:
    """Return how many parents wait whom this person could take."""
    waits = *is_waiting(desk), is_outside_wall(desk.school, staff_id)
    with desk.unit_of_work(read_only=True) as work:
        counted = select(func.count()).select_from(LiveChat).where(*waits)
        return work.session.scalar(counted) or 0


def versions_of(desk: Desk, chat_ids: Iterable[str]) -> dict[str, int]:
    """Return the version of each talk that is still there, and under ``""`` of all that wait.

    Two small statements over indexes, asked every second by each web process that has readers.
    """
    with desk.unit_of_work(read_only=True) as work:
        known = select(LiveChat.id, LiveChat.version).where(LiveChat.id.in_(sorted(chat_ids)))
        found = {row.id: row.version for row in work.session.execute(known)}
        waits = select(LiveChat.id).where(*is_waiting(desk)).order_by(LiveChat.id)
        found[""] = hash(tuple(work.session.scalars(waits)))
    return found
