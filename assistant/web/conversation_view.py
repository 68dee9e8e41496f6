"""A conversation as the chat page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assistant.services.parent_words import parent_words
from assistant.services.read_transcript import read_transcript
from assistant.web import shown
from assistant.web.calling import ask
from assistant.web.filing_in_chat import asks_for_proof, sum_for_next
from assistant.web.forms import new_key

if TYPE_CHECKING:
    from sanic import Request

    from assistant.services.shapes import TurnView
    from assistant.web.chat_identity import Identity


BEGUN = "begun"
"""The field by which a form says that its page shows a chat that has begun."""


@dataclass(frozen=True)
class TurnOnPage:
    """One turn; only the last one has choices, since older ones are no longer on offer."""

    number: int
    said: str
    replies: list[dict[str, Any]]
    choices: list[dict[str, Any]]


@dataclass(frozen=True)
class ConversationView:
    """What the page needs: turns, the draft so far, the fields of the next forms.

    ``anew``: nothing that the page may show already belongs to it.
    """

    turns: list[TurnOnPage] = field(default_factory=list)
    draft: list[str] = field(default_factory=list)
    help: bool = False
    hidden: Markup = field(default_factory=Markup)
    begun: bool = False
    anew: bool = True
    text_key: str = field(default_factory=new_key)
    choice_key: str = field(default_factory=new_key)
    challenge: dict[str, Any] | None = None
    prove: bool = False


async def view_conversation(
    request: Request, identity: Identity | None, *, after: int = 0, proof: str = ""
) -> ConversationView:
    """Return the conversation, only its turns later than number ``after``.

    ``proof`` is what the page's script sent; while it is good no other is asked for.
    """
    if identity is None:
        return ConversationView()
    turns = await ask(request, read_transcript, identity.conversation_id)
    last = turns[-1] if turns else None
    return ConversationView(
        turns=[_turn(turn, is_last=turn is last) for turn in turns if turn.number > after],
        draft=await ask(request, parent_words, identity.conversation_id),
        help=bool(last and last.replies and last.replies[-1].get("help")),
        hidden=identity.hidden_field + (_SAYS_BEGUN if turns else Markup("")),
        begun=bool(turns),
        anew=identity.fresh,
        challenge=await sum_for_next(
            request, identity.conversation_id, proof, last.replies if last else ()
        ),
        prove=asks_for_proof(last.replies if last else ()),
    )


_SAYS_BEGUN = Markup('<input type="hidden" name="{}" value="yes">').format(BEGUN)


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
