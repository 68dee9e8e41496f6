"""Change what a draft of a booking says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.services.drafts import (
    NOBODYS,
    answers_of,
    draft_view,
    find_draft,
    holder_of,
    keep_answers,
)
from assistant.services.host_time import release_hold
from assistant.services.turns import stored_key
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.draft_answers import Answers
    from assistant.services.drafts import DraftView

    Change = Callable[[Answers], Answers]


def change_draft(desk: Desk, *, token: str, change: Change) -> DraftView:
    """Put ``change`` of the answers in their place; a time that is given up is free at once.

    A draft that is booked stays as it is. Raises ``DraftGone``.
    """
    return settled(partial(_change, desk, token, change))


def _change(desk: Desk, token: str, change: Change) -> DraftView:
    with desk.unit_of_work() as work:
        row = find_draft(desk, work, token, lock=True)
        if row.meeting_id is None:
            before = answers_of(work, row)
            answers = change(before)
            if before.starts_at and answers.starts_at is None:
                release_hold(work, stored_key(holder_of(row.id)))
            keep_answers(desk, work, row, answers)
            work.commit(unrecorded=NOBODYS)
        return draft_view(desk, work, row)
