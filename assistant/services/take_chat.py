"""A member of staff takes the chat of a parent who waits; of two who press, one gets it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from assistant.casework.chat_notes import ChatNote
from assistant.casework.duty import ChatState, duty_label
from assistant.services.duty_rows import is_here
from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.live_chats import CONVERSATION, is_outside_wall, is_waiting, tell
from assistant.services.sessions import session_digest
from assistant.store.columns import is_row_id
from assistant.store.live_tables import LiveChat, OnDuty
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def take_chat(desk: Desk, *, staff_id: str, session: str, chat_id: str) -> None:
    """Let the person into the chat and tell the parent who it is; taking it again does nothing.

    Raises:
        NotPossibleNow: the person has not said that they are here for chats.
        NotHere: no such chat waits for this person: taken, over, behind the wall, or never was.
    """
    settled(partial(_take, desk, staff_id, session_digest(desk, session), chat_id))


def _take(desk: Desk, staff_id: str, digest: str, chat_id: str) -> None:
    with desk.unit_of_work() as work:
        if not is_row_id(chat_id):
            raise NotHere
        chat = work.session.get(LiveChat, chat_id)
        if chat and (chat.taken_by, chat.state) == (staff_id, ChatState.TAKEN.value):
            return
        mine = OnDuty.staff_id == staff_id, is_here(desk)
        if work.session.scalars(select(OnDuty.staff_id).where(*mine)).first() is None:
            raise NotPossibleNow
        if not _won(desk, work, staff_id, digest, chat_id):
            raise NotHere
        _say_hello(desk, work, chat_id, staff_id)
        work.commit()


def _won(desk: Desk, work: UnitOfWork, staff_id: str, digest: str, chat_id: str) -> bool:
    """Take it in one statement: the second of two who press finds nothing that waits."""
    waits = LiveChat.id == chat_id, *is_waiting(desk), is_outside_wall(desk.school, staff_id)
    taking = update(LiveChat).where(*waits).execution_options(synchronize_session=False)
    taken = taking.values(
        state=ChatState.TAKEN.value,
        taken_by=staff_id,
        taken_label=duty_label(desk.school.person(staff_id), desk.school),
        session_digest=digest,
        staff_seen_at=desk.machine_clock.now(),
    )
    return work.session.scalars(taken.returning(LiveChat.id)).first() is not None


def _say_hello(desk: Desk, work: UnitOfWork, chat_id: str, staff_id: str) -> None:
    chat = work.session.get_one(LiveChat, chat_id, populate_existing=True)
    tell(desk, work, chat, ChatNote.HERE)
    work.history.append("live_chat.taken", staff_id, CONVERSATION, chat.conversation_id)
