"""Book the meeting that a draft describes, and empty the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import Channel, MeetingMode
from assistant.services.book_meeting import book_meeting
from assistant.services.draft_answers import Answers
from assistant.services.draft_people import subjects_of
from assistant.services.drafts import (
    NOBODYS,
    draft_view,
    find_draft,
    keep_answers,
)
from assistant.services.errors import NotPossibleNow

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.drafts import DraftView
    from assistant.services.shapes import MeetingReceipt


def book_draft(desk: Desk, *, token: str) -> MeetingReceipt:
    """Book the meeting once, however often this is asked, and return its receipt.

    Raises:
        SlotTaken: the time has gone; the draft keeps everything that was typed.
        HostNotAllowed: the host may not meet about this matter.
        VisitNotAllowed: this parent may not come in; by phone or video they may.
        NotPossibleNow: no time is chosen yet.
        DraftGone: there is no such draft.
    """
    with desk.unit_of_work(read_only=True) as work:
        draft = draft_view(desk, work, find_draft(desk, work, token))
    if draft.receipt:
        return draft.receipt
    receipt = _book(desk, draft)
    _empty(desk, token, receipt.id)
    return receipt


def _book(desk: Desk, draft: DraftView) -> MeetingReceipt:
    answers = draft.answers
    if answers.starts_at is None:
        raise NotPossibleNow
    return book_meeting(
        desk,
        idempotency_key=draft.holder,
        conversation_id=draft.conversation_id,
        channel=Channel(answers.channel),
        host_id=answers.host_id,
        starts_at=answers.starts_at,
        mode=MeetingMode(answers.mode),
        contact=answers.contact,
        child=answers.child,
        needs=answers.needs,
        note=answers.words(),
        subjects=subjects_of(desk, answers),
        holder=draft.holder,
    )


def _empty(desk: Desk, token: str, meeting_id: str) -> None:
    with desk.unit_of_work() as work:
        row = find_draft(desk, work, token, lock=True)
        row.meeting_id = meeting_id
        keep_answers(desk, work, row, Answers())
        work.commit(unrecorded=NOBODYS)
