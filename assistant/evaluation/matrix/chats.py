"""Chats with parents, and who is here for them, put where they are needed past the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.duty import ChatState, duty_ends
from assistant.evaluation.matrix.planting import PLANTED, WORDS
from assistant.services.live_chats import name_in_chat
from assistant.services.sessions import Way, open_session, session_digest
from assistant.services.start_conversation import start_conversation
from assistant.store.columns import new_id
from assistant.store.live_tables import LiveChat, OnDuty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.services.desk import Desk


def be_here(desk: Desk, staff_id: str) -> None:
    """Let the person be here for chats until closing time, whatever their roles."""
    with desk.unit_of_work() as work:
        session = open_session(desk, work, staff_id, Way.PASSWORD).token
        work.commit(unrecorded=PLANTED)
    with desk.unit_of_work() as work:
        row = OnDuty(
            staff_id=staff_id,
            session_digest=session_digest(desk, session),
            since=desk.clock.now(),
            until=duty_ends(desk.school, desk.calendar, desk.clock.now())[-1],
            seen_at=desk.machine_clock.now(),
        )
        work.session.merge(row)
        work.commit(unrecorded=PLANTED)


def plant_chat(desk: Desk, about: Iterable[str], taken_by: str | None) -> tuple[str, str]:
    """Return id and conversation of a chat that waits, or that somebody has taken."""
    (conversation, _), now = start_conversation(desk), desk.machine_clock.now()
    with desk.unit_of_work() as work:
        chat = LiveChat(
            id=new_id(), conversation_id=conversation, idempotency_key=conversation,
            state=(ChatState.TAKEN if taken_by else ChatState.WAITING).value, version=1,
            after_turn=0, asked_at=now, parent_seen_at=now, taken_by=taken_by,
            taken_label=taken_by, staff_seen_at=now if taken_by else None,
        )  # fmt: skip
        work.seal_json(chat, "contact", {"name": WORDS})
        work.seal_json(chat, "shared", [WORDS])
        work.session.add(chat)
        work.session.flush()
        name_in_chat(desk, work, chat, about)
        work.commit(unrecorded=PLANTED)
        return chat.id, conversation
