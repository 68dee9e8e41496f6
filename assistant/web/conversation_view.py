"""A conversation as the chat page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assistant.casework.duty import ChatState
from assistant.services.read_chat import parents_chats
from assistant.services.read_transcript import read_transcript
from assistant.services.view_points import view_points
from assistant.web import shown
from assistant.web.calling import ask
from assistant.web.filing_in_chat import asks_for_proof, sum_for_next
from assistant.web.forms import new_key
from assistant.web.preview import preview
from assistant.web.reader import reader_of
from assistant.web.talk_in_language import in_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanic import Request

    from assistant.casework.masking import Segment
    from assistant.services.read_chat import ChatView
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
class PointOnPage:
    """A point of the draft: its first words with names masked, and whom it would go to."""

    preview: tuple[Segment, ...]
    to: str


@dataclass(frozen=True)
class ConversationView:
    """What the page needs: turns, the draft so far, the fields of the next forms.

    ``talks`` are those with a member of staff, ``with_person`` whether one waits or runs now.
    ``anew``: nothing that the page may show already belongs to it.
    """

    turns: list[TurnOnPage] = field(default_factory=list)
    draft: list[PointOnPage] = field(default_factory=list)
    talks: list[ChatView] = field(default_factory=list)
    with_person: bool = False
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
    language = reader_of(request).language
    stored = await ask(request, parents_chats, identity.conversation_id)
    talks = [in_language(each, language) for each in stored]
    last = turns[-1] if turns else None
    return ConversationView(
        turns=[_turn(turn, is_last=turn is last) for turn in turns if turn.number > after],
        draft=await _draft(request, identity),
        talks=[each for each in talks if not after or each.after_turn > after],
        with_person=any(each.state is not ChatState.OVER for each in talks),
        help=bool(last and last.replies and last.replies[-1].get("help")),
        hidden=identity.hidden_field + (_SAYS_BEGUN if turns else Markup("")),
        begun=bool(turns or talks),
        anew=identity.fresh,
        challenge=await sum_for_next(
            request, identity.conversation_id, proof, last.replies if last else ()
        ),
        prove=asks_for_proof(last.replies if last else ()),
    )


_SAYS_BEGUN = Markup('<input type="hidden" name="{}" value="yes">').format(BEGUN)


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


def as_text(school_name: str, turns: list[TurnView], talks: Sequence[ChatView] = ()) -> str:
    """Return the transcript as plain text, to keep or to print."""
    lines = [f"What was said in the chat of {school_name}", *_talks_after(0, talks)]
    for turn in turns:
        lines += [f"{turn.number}. You: {turn.text}", ""]
        lines += [f"Assistant: {reply['text']}\n" for reply in turn.replies if reply["text"]]
        lines += _talks_after(turn.number, talks)
    return "\n".join(lines)


def _talks_after(number: int, talks: Sequence[ChatView]) -> list[str]:
    """Return the talks with a person that came next, each line with who wrote it."""
    lines = [""] if number == 0 else []
    for talk in (each for each in talks if each.after_turn == number):
        lines += ["Here you asked for a person.", ""]
        if talk.shared:
            lines += ["You shared these messages:", *talk.shared, ""]
        for said in talk.said:
            lines += [f"[{said.words}]" if said.by_program else f"{said.label}: {said.words}", ""]
            lines += [f"Assistant: {said.aside}", ""] if said.aside else []
    return lines


def _turn(turn: TurnView, *, is_last: bool) -> TurnOnPage:
    replies = shown.replies(turn.replies)
    choices = [choice for reply in replies for choice in reply["choices"]] if is_last else []
    return TurnOnPage(turn.number, turn.text, replies, choices)
