"""Members of staff in the chat: who is here, who waits for them, and what is said.

What a parent and a member of staff write is sealed with the key of the conversation, as turns are,
and goes with it.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import (
    At,
    CaseBase,
    Code,
    Digest,
    Key,
    RowId,
    Sealed,
    StaffId,
)


class OnDuty(CaseBase):
    """A member of staff who is here for chats; ``session_digest`` is the session they said it in.

    ``since`` and ``until`` are by the school's clock; ``seen_at`` by the machine's, as is all that
    tells of signs of life.
    """

    __tablename__ = "on_duty"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    session_digest: Mapped[Digest]
    since: Mapped[At]
    until: Mapped[At]
    seen_at: Mapped[At]


class LiveChat(CaseBase):
    """A parent's wish for a person, and the talk that came of it.

    ``shared`` is the sealed JSON of the earlier messages that the parent ticked, ``contact`` what
    they gave of their name and number, ``offer`` the case that the member of staff offers to open.
    ``after_turn`` is the number of the last turn before it. ``version`` grows with every change.
    """

    __tablename__ = "live_chat"

    id: Mapped[RowId]
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    idempotency_key: Mapped[Key] = mapped_column(unique=True)
    state: Mapped[Code] = mapped_column(index=True)
    version: Mapped[int]
    after_turn: Mapped[int]
    asked_at: Mapped[At]
    parent_seen_at: Mapped[At]
    taken_by: Mapped[StaffId | None] = mapped_column(index=True)
    taken_label: Mapped[str | None] = mapped_column(String(300))
    session_digest: Mapped[Digest | None]
    staff_seen_at: Mapped[At | None]
    ended_at: Mapped[At | None]
    ended_how: Mapped[Code | None]
    contact: Mapped[Sealed]
    shared: Mapped[Sealed]
    offer: Mapped[Sealed | None]


class LiveSubject(CaseBase):
    """A person whom the talk is about; the wall is computed from these rows."""

    __tablename__ = "live_subject"

    chat_id: Mapped[str] = mapped_column(
        ForeignKey("live_chat.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    named_at: Mapped[At]


class LiveMessage(CaseBase):
    """One message; ``author`` is ``parent``, ``schoolgate`` or the id of a member of staff.

    ``label`` is how the other side reads who wrote it. ``aside`` is for the parent alone: whom to
    ring, a secret link. ``danger`` is the stored value of a ``DangerSeen``. ``told`` is the sealed
    JSON of a sentence of the program's own (``chat_notes.Told``); rows before 0.6 have none.
    """

    __tablename__ = "live_message"
    __table_args__ = (
        UniqueConstraint("chat_id", "number"),
        UniqueConstraint("chat_id", "idempotency_key"),
    )

    id: Mapped[RowId]
    chat_id: Mapped[str] = mapped_column(ForeignKey("live_chat.id", ondelete="CASCADE"))
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    idempotency_key: Mapped[Key]
    author: Mapped[StaffId]
    label: Mapped[str] = mapped_column(String(300))
    words: Mapped[Sealed]
    aside: Mapped[Sealed | None]
    danger: Mapped[Code | None]
    told: Mapped[Sealed | None]
    written_at: Mapped[At]
