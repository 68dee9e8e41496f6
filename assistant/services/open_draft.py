"""Open a draft of a booking by its token; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.services.drafts import draft_view, find_draft

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.drafts import DraftView


def open_draft(desk: Desk, *, token: str) -> DraftView:
    """Return the draft; raises ``DraftGone``."""
    with desk.unit_of_work(read_only=True) as work:
        return draft_view(desk, work, find_draft(desk, work, token))
