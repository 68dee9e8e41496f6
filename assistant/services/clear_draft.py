"""Delete what a parent typed on the booking pages; a meeting that is booked stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from assistant.services.drafts import NOBODYS, draft_digest, holder_of
from assistant.services.host_time import release_hold
from assistant.services.turns import stored_key
from assistant.store.meeting_tables import MeetingDraft

if TYPE_CHECKING:
    from assistant.services.desk import Desk


def clear_draft(desk: Desk, *, token: str) -> None:
    """Erase the draft and give back its time; one that is gone already is no error."""
    mine = MeetingDraft.token_digest == draft_digest(desk, token)
    with desk.unit_of_work() as work:
        draft_id = work.session.scalar(select(MeetingDraft.id).where(mine))
        if draft_id is not None:
            release_hold(work, stored_key(holder_of(draft_id)))
            work.session.execute(delete(MeetingDraft).where(mine))
            work.commit(unrecorded=NOBODYS)
