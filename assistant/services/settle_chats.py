"""Write down which talks with a person have ended by themselves, and who is here no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, not_, or_, select

from assistant.casework.chat_notes import ChatNote
from assistant.casework.duty import LOST_AFTER, ChatEnd, ChatState
from assistant.services.duty_rows import is_here
from assistant.services.live_chats import SCHOOLGATE, close_chat, has_lapsed, tell
from assistant.services.sessions import STAFF
from assistant.services.turns import load_conversation
from assistant.store.live_tables import LiveChat, OnDuty

if TYPE_CHECKING:
    from assistant.services.desk import Desk

AT_A_TIME = 20


def settle_chats(desk: Desk) -> int:
    """End what has ended with time; return how many talks that were.

    They had no effect any more: each reading asks for the time. This writes it down.
    """
    ended = sum(_settle(desk, *found) for found in _over(desk))
    _settle_duty(desk)
    return ended


def _over(desk: Desk) -> list[tuple[str, str]]:
    """Return id and conversation of each talk whose time is over."""
    now = desk.machine_clock.now()
    lost = or_(
        LiveChat.staff_seen_at < now - LOST_AFTER, LiveChat.parent_seen_at < now - LOST_AFTER
    )
    over = or_(
        and_(
            LiveChat.state == ChatState.WAITING.value,
            LiveChat.asked_at <= now - desk.school.duty.patience,
        ),
        and_(LiveChat.state == ChatState.TAKEN.value, lost),
    )
    with desk.unit_of_work(read_only=True) as work:
        wanted = select(LiveChat.id, LiveChat.conversation_id).where(over).limit(AT_A_TIME)
        return [(each, conversation) for each, conversation in work.session.execute(wanted)]


def _settle(desk: Desk, chat_id: str, conversation_id: str) -> bool:
    with desk.unit_of_work() as work:
        load_conversation(work.session, conversation_id, lock=True)
        chat = work.session.get(LiveChat, chat_id)
        if chat is None or chat.state == ChatState.OVER.value:
            return False
        lapsed = has_lapsed(desk, chat)
        tell(desk, work, chat, ChatNote.LAPSED if lapsed else ChatNote.LOST)
        close_chat(desk, work, chat, ChatEnd.LAPSED if lapsed else ChatEnd.LOST, SCHOOLGATE)
        work.commit()
    return True


def _settle_duty(desk: Desk) -> None:
    with desk.unit_of_work(read_only=True) as work:
        gone = list(work.session.scalars(select(OnDuty.staff_id).where(not_(is_here(desk)))))
    if not gone:
        return
    with desk.unit_of_work() as work:
        leaving = delete(OnDuty).where(OnDuty.staff_id.in_(gone), not_(is_here(desk)))
        left = work.session.scalars(leaving.returning(OnDuty.staff_id)).all()
        for staff_id in left:
            work.history.append("duty.over", SCHOOLGATE, STAFF, staff_id)
        if left:
            work.commit()
