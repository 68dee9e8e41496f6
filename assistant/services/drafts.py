"""Drafts of a booking as rows; shared by the draft services.

A draft is nobody's record: the browser holds its token, we hold the digest, and its words are
sealed. It ends when the meeting is booked, when the parent deletes it, or by lying untouched.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.security.tokens import token_digest
from assistant.services.draft_answers import Answers
from assistant.services.errors import ServiceError
from assistant.services.meetings import meeting_receipt
from assistant.store.meeting_tables import Meeting, MeetingDraft

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.services.shapes import MeetingReceipt
    from assistant.store.unit_of_work import UnitOfWork

DRAFT = "meeting draft"
NOBODYS = "a draft is nobody's record until it is booked"
"""Why a change of a draft leaves no history."""


class DraftGone(ServiceError):  # noqa: N818 - it names what the parent finds
    """Unknown, deleted, or left lying too long: the same answer to all."""


@dataclass(frozen=True)
class DraftView:
    """A draft; with ``receipt`` it is booked, and the answers are empty."""

    id: str
    conversation_id: str | None
    answers: Answers
    receipt: MeetingReceipt | None

    @property
    def holder(self) -> str:
        """Who holds the chosen time."""
        return holder_of(self.id)


def holder_of(draft_id: str) -> str:
    """Return the name under which a draft holds its time."""
    return f"draft:{draft_id}"


def draft_digest(desk: Desk, token: str) -> str:
    """Return the stored form of a draft's token."""
    return token_digest(desk.keys.lookup, DRAFT, token)


def stale_before(desk: Desk) -> datetime:
    """Return the instant; a draft untouched since before it is gone."""
    return desk.clock.now() - timedelta(hours=desk.settings.draft_hours)


def find_draft(desk: Desk, work: UnitOfWork, token: str, *, lock: bool = False) -> MeetingDraft:
    """Return the row, locked until the transaction ends if asked; raises ``DraftGone``."""
    mine = select(MeetingDraft).where(MeetingDraft.token_digest == draft_digest(desk, token))
    row = work.session.scalars(mine.with_for_update() if lock else mine).first()
    if row is None or row.touched_at < stale_before(desk):
        raise DraftGone
    return row


def keep_answers(desk: Desk, work: UnitOfWork, row: MeetingDraft, answers: Answers) -> None:
    """Seal the answers into the row."""
    work.seal_json(row, "answers", answers.to_json())
    row.touched_at = desk.clock.now()


def answers_of(work: UnitOfWork, row: MeetingDraft) -> Answers:
    """Return what was filled in."""
    return Answers.from_json(work.unseal_json(row, "answers"))


def draft_view(desk: Desk, work: UnitOfWork, row: MeetingDraft) -> DraftView:
    """Return a draft as the pages see it."""
    meeting = work.session.get(Meeting, row.meeting_id) if row.meeting_id else None
    receipt = meeting_receipt(desk, meeting) if meeting else None
    return DraftView(row.id, row.conversation_id, answers_of(work, row), receipt)
