"""Start a draft of a booking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.security.tokens import record_token, token_digest
from assistant.services.drafts import DRAFT, NOBODYS, draft_digest, keep_answers
from assistant.store.meeting_tables import MeetingDraft
from assistant.store.tables import Conversation
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.draft_answers import Answers

ID_DIGITS = 32


def start_draft(
    desk: Desk, *, idempotency_key: str, answers: Answers, conversation_id: str | None = None
) -> str:
    """Keep ``answers`` as a new draft; return its token (128 bits), which opens ``/meet/<token>``.

    The same ``idempotency_key`` returns the token of the draft that it started, as it is by now.
    """
    whole = token_digest(desk.keys.lookup, "draft id", idempotency_key)
    return settled(partial(_start, desk, whole[:ID_DIGITS], answers, conversation_id))


def _start(desk: Desk, draft_id: str, answers: Answers, conversation_id: str | None) -> str:
    token = record_token(desk.keys.lookup, DRAFT, draft_id)
    with desk.unit_of_work() as work:
        if work.session.get(MeetingDraft, draft_id) is None:
            known = work.session.get(Conversation, conversation_id) if conversation_id else None
            row = MeetingDraft(
                id=draft_id,
                token_digest=draft_digest(desk, token),
                conversation_id=known.id if known else None,
                started_at=desk.clock.now(),
            )
            keep_answers(desk, work, row, answers)
            work.session.add(row)
            work.commit(unrecorded=NOBODYS)
    return token
