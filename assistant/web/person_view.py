"""The talk with a person as the parent sees it: the page, and its news."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assistant.casework.duty import ChatEnd, ChatState, opening_words
from assistant.casework.restriction_words import chat_words
from assistant.services.ask_for_person import own_messages
from assistant.services.errors import ConversationGone
from assistant.services.people_on_duty import people_on_duty
from assistant.services.read_chat import parents_chat
from assistant.services.restrictions import chat_closed_until
from assistant.services.signs_of_life import parent_is_there
from assistant.web.calling import ask
from assistant.web.chat_page import FRAMED, FULL
from assistant.web.forms import new_key
from assistant.web.live_streams import News
from assistant.web.pages import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sanic import HTTPResponse, Request

    from assistant.services.people_on_duty import Attendant
    from assistant.services.read_chat import ChatView
    from assistant.web.chat_identity import Identity

PARTS = "person/parts.html"
CALL = frozenset({ChatEnd.LAPSED, ChatEnd.CALL_BACK, ChatEnd.LOST, ChatEnd.WALL})
"""After these a call is offered first."""


@dataclass(frozen=True)
class Asking:
    """What the first step shows: who is here, what could be shared, and what was typed before."""

    people: tuple[Attendant, ...] = ()
    messages: tuple[tuple[int, str], ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[int] = frozenset()
    problems: Mapping[str, str] = field(default_factory=dict)
    nobody: bool = False
    closed: str = ""


def is_framed(request: Request) -> bool:
    """Tell whether this is a page inside a school's frame; let approved sites frame it then."""
    framed = request.path.startswith(f"{FRAMED}/")
    if framed:
        settings = request.app.ctx.desk.settings
        request.ctx.frame_ancestors = (settings.public_url, *settings.embed_origins)
    return framed


def here(request: Request) -> str:
    """Return the address of the page, in the frame or on its own."""
    return f"{FRAMED}/person" if request.path.startswith(f"{FRAMED}/") else "/person"


async def running_chat(request: Request, identity: Identity | None) -> ChatView | None:
    """Return the parent's latest talk, and note that their page is open."""
    if identity is None:
        return None
    try:
        await ask(request, parent_is_there, identity.conversation_id)
        return await ask(request, parents_chat, identity.conversation_id)
    except ConversationGone:
        return None


async def page(
    request: Request,
    identity: Identity | None,
    asking: Asking | None = None,
    *,
    kept_text: str = "",
    problem: str = "",
) -> HTTPResponse:
    """Show the talk, or the first step where there is none or ``asking`` is to be shown again."""
    framed, chat = is_framed(request), await running_chat(request, identity)
    again = chat is not None and chat.state is ChatState.OVER and "again" in request.args
    if asking is None and (chat is None or again):
        asking = await first_step(request, identity)
    wrong = problem or (asking and (asking.problems or asking.nobody))
    return render(
        request,
        "person/page.html",
        status=422 if wrong else 200,
        framed=framed,
        address=FRAMED if framed else FULL,
        here=here(request),
        conversation={"help": bool(chat and chat.help)},
        chat=None if asking else chat,
        asking=asking,
        hidden=identity.hidden_field if identity else Markup(""),
        streams=bool(identity and identity.kept),
        opening=opening_words(request.app.ctx.desk.school),
        offers_call=bool(chat and chat.ended in CALL),
        kept_text=kept_text,
        problem=problem,
        key=new_key(),
    )


async def first_step(request: Request, identity: Identity | None, **shown: Any) -> Asking:  # noqa: ANN401 - fields of Asking
    """Return who is here now and what the parent could share."""
    conversation_id = identity.conversation_id if identity else None
    words = shown.get("typed", {}).get("words", "")
    people = await ask(request, people_on_duty, conversation_id=conversation_id, words=words)
    messages: list[tuple[int, str]] = []
    if conversation_id:
        messages = await ask(request, own_messages, conversation_id)
        shown["closed"] = await closed_words(request, conversation_id)
    return Asking(people, tuple(messages), **shown)


async def news_of(request: Request, identity: Identity, after: int) -> News | None:
    """Return what is new for the parent after a number, or None when the chat is gone."""
    chat = await running_chat(request, identity)
    if chat is None:
        return None
    parts: Any = request.app.ctx.templates.get_template(PARTS).module
    status = parts.status(chat, here(request), FRAMED if is_framed(request) else FULL,
                          identity.hidden_field, chat.ended in CALL)  # fmt: skip
    number = chat.said[-1].number if chat.said else 0
    rows = parts.rows(chat, after)
    return News(number, chat.state.value, str(rows).strip(), str(status).strip())


async def closed_words(request: Request, conversation_id: str) -> str:
    """Return what a parent reads whom the school asked not to use the chat, else nothing."""
    desk = request.app.ctx.desk
    until = await ask(request, chat_closed_until, conversation_id)
    return chat_words(desk.school, until, desk.settings.public_url) if until else ""
