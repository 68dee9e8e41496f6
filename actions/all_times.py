"""The way from the chat to the booking pages, with what was told already filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.gathering import child_of, contact_of, needs_of
from actions.reach import account
from actions.slots import wanted_mode
from assistant.casework.kinds import Channel
from assistant.casework.talks import TalkAbout
from assistant.services.draft_answers import Answers
from assistant.services.start_draft import start_draft

if TYPE_CHECKING:
    from actions.turn import Turn


def link_to_all_times(turn: Turn, host_id: str) -> str:
    """Return the address of a draft with this host; asked again in one turn, the same draft."""
    token = start_draft(
        turn.desk,
        idempotency_key=f"all times|{turn.conversation_id}|{turn.turn_id}",
        conversation_id=turn.conversation_id,
        answers=answers_so_far(turn, host_id),
    )
    return f"{turn.desk.settings.public_url}/meet/{token}"


def answers_so_far(turn: Turn, host_id: str) -> Answers:
    """Return what the pages need not ask again; who it is about they ask unless it was told."""
    mode = wanted_mode(turn)
    return Answers(
        matter="\n\n".join(account(turn)),
        about=TalkAbout.HEAD.value if turn.slot("about_head") else "",
        meant=tuple(turn.slot("subjects") or ()),
        host_id=host_id,
        channel=str(turn.slot("door") or Channel.STAFF.value),
        mode=mode.value if mode else "",
        child=child_of(turn),
        needs=needs_of(turn),
        contact=contact_of(turn),
    )
