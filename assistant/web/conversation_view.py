"""A conversation as the chat page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assistant.services.read_transcript import read_transcript
from assistant.services.view_points import view_points
from assistant.web import shown
from assistant.web.calling import ask
from assistant.web.forms import new_key
from assistant.web.preview import preview

if TYPE_CHECKING:
    from sanic import Request

    from assistant.casework.masking import Segment
    from assistant.services.shapes import TurnView
    from assistant.web.chat_identity import Identity


@dataclass(frozen=True)
class TurnOnPage:
    """One turn; only the last one has choices, since older ones are no longer on offer."""

    number: int
    said: str
    replies: list[dict[str, Any]]
    choices: list[dict[str, Any]]


@dataclass(frozen=True)
class PointOnPage:
    """A point of the draft: its first words with names masked, and whom it would go to."""

    preview: tuple[Segment, ...]
    to: str


@dataclass(frozen=True)
class ConversationView:
    """What the page needs: turns, the draft so far, the fields of the next forms."""

    turns: list[TurnOnPage] = field(default_factory=list)
    draft: list[PointOnPage] = field(default_factory=list)
    help: bool = False
    hidden: Markup = field(default_factory=Markup)
    begun: bool = False
    text_key: str = field(default_factory=new_key)
    choice_key: str = field(default_factory=new_key)


async def view_conversation(
    request: Request, identity: Identity | None, *, after: int = 0
) -> ConversationView:
    """Return the conversation, only its turns later than number ``after``."""
    if identity is None:
        return ConversationView()
    turns = await ask(request, read_transcript, identity.conversation_id)
    last = turns[-1] if turns else None
    return ConversationView(
        turns=[_turn(turn, is_last=turn is last) for turn in turns if turn.number > after],
        draft=await _draft(request, identity),
        help=bool(last and last.replies and last.replies[-1].get("help")),
        hidden=identity.hidden_field,
        begun=bool(turns),
    )


async def _draft(request: Request, identity: Identity) -> list[PointOnPage]:
    page = await ask(request, view_points, identity.conversation_id)
    school = request.app.ctx.desk.school
    return [
        PointOnPage(
            preview(school, each.point.words),
            f"To {each.foreseen.to}" if each.foreseen else each.door.label,
        )
        for each in page.going
    ]


def as_text(school_name: str, turns: list[TurnView]) -> str:
    """Return the transcript as plain text, to keep or to print."""
    lines = [f"What was said in the chat of {school_name}", ""]
    for turn in turns:
        lines += [f"{turn.number}. You: {turn.text}", ""]
        lines += [f"Assistant: {reply['text']}\n" for reply in turn.replies if reply["text"]]
    return "\n".join(lines)


def _turn(turn: TurnView, *, is_last: bool) -> TurnOnPage:
    replies = shown.replies(turn.replies)
    choices = [choice for reply in replies for choice in reply["choices"]] if is_last else []
    return TurnOnPage(turn.number, turn.text, replies, choices)
