"""A matter is lodged: keep who the parent is and clear the table for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.services.shapes import Receipt


def record_of(receipt: Receipt) -> dict[str, str]:
    """Return the record as the API names it."""
    return {"kind": receipt.kind, "reference": receipt.reference, "status": receipt.status}


def close_matter(turn: Turn, receipt: Receipt) -> None:
    """Keep who the parent is; forget what belonged to the matter that is now lodged."""
    turn.keep(
        case_reference=receipt.reference,
        last_record=record_of(receipt),
        door=None,
        pending=None,
        matter=None,
        subjects=None,
        about_head=None,
        when=None,
        reminded=None,
        held=None,
        offered_door=None,
        complaint_begun=None,
        last_channel=None,
        last_answer=None,
        meeting_confirmed=None,
        statement=None,
        outcome_wanted=None,
        complaint_confirmed=None,
        wanted_staff=None,
        acknowledged=None,
    )
