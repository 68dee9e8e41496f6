"""The draft of what a parent means to send from the chat, sorted into points."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from assistant.store.columns import At, CaseBase, RowId, Sealed
from assistant.store.tables import Conversation


class PointDraft(CaseBase):
    """What a parent changed on the page where they check before they send; goes with the chat.

    ``draft`` is the sealed JSON of ``point_drafts.Draft``. Until something is changed there is no
    row: the draft is then sorted afresh from the messages each time.
    """

    __tablename__ = "point_draft"

    id: Mapped[RowId]
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey(Conversation.id, ondelete="CASCADE"), unique=True
    )
    draft: Mapped[Sealed]
    touched_at: Mapped[At]
