"""The talk with a person as the parent sees it: the page, and its news."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from assistant.casework.duty import ChatEnd, ChatState
from assistant.casework.restriction_words import CHAT_CLOSED, chat_facts
from assistant.services.ask_for_person import own_messages
from assistant.services.errors import ConversationGone
from assistant.services.people_on_duty import people_on_duty
from assistant.services.read_chat import parents_chat
from assistant.services.restrictions import chat_closed_until
from assistant.services.signs_of_life import parent_is_there
from assistant.web.calling import ask
from assistant.web.chat_page import FRAMED, FULL
from assistant.web.forms import new_key
from assistant.web.headers import let_sites_frame
from assistant.web.live_streams import News
from assistant.web.pages import macros, render
from assistant.web.reader import reader_of
from assistant.web.talk_in_language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

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
        let_sites_frame(request)
    return framed


def here(request: Request) -> str:
    """Return the path of the page, in the frame or on its own."""
    return f"{FRAMED}/person" if request.path.startswith(f"{FRAMED}/") else "/person"


def address(request: Request) -> str:
    """Return the address of the page, read as it is."""
    return reader_of(request).address(here(request))


def chat_address(request: Request) -> str:
    """Return the address of the chat that the page belongs to, read as it is."""
    return reader_of(request).address(FRAMED if is_framed(request) else FULL)


async def running_chat(request: Request, identity: Identity | None) -> ChatView | None:
    """Return the parent's latest talk in their language, and note that their page is open."""
    if identity is None:
        return None
    try:
        await ask(request, parent_is_there, identity.conversation_id)
        chat = await ask(request, parents_chat, identity.conversation_id)
    except ConversationGone:
        return None
    return in_language(chat, reader_of(request).language) if chat else None


async def page(
    request: Request,
    identity: Identity | None,
    asking: Asking | None = None,
    *,
    kept_text: str = "",
    problem: str = "",
) -> HTTPResponse:
    """Show the talk, or the first step where there is none or ``asking`` is to be shown again."""
    reader, chat = reader_of(request), await running_chat(request, identity)
    again = chat is not None and chat.state is ChatState.OVER and "again" in request.args
    if asking is None and (chat is None or again):
        asking = await first_step(request, identity)
    wrong = problem or (asking and (asking.problems or asking.nobody))
    opening = request.app.ctx.desk.school.opening
    return render(
        request,
        "person/page.html",
        status=422 if wrong else 200,
        reader=reader,
        framed=is_framed(request),
        address=chat_address(request),
        here=here(request),
        conversation={"help": bool(chat and chat.help)},
        chat=None if asking else chat,
        asking=asking,
        hidden=identity.hidden_field if identity else Markup(""),
        streams=bool(identity and identity.kept),
        opening=[reader.language.time(each) for each in (opening.start, opening.end)],
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
        until = await ask(request, chat_closed_until, conversation_id)
        shown["closed"] = closed_words(request, until) if until else ""
    return Asking(people, tuple(messages), **shown)


async def news_of(request: Request, identity: Identity, after: int) -> News | None:
    """Return what is new for the parent after a number, or None when the chat is gone."""
    chat = await running_chat(request, identity)
    if chat is None:
        return None
    parts = macros(request, PARTS, reader_of(request))
    status = parts.status(chat, here(request), chat_address(request),
                          identity.hidden_field, chat.ended in CALL)  # fmt: skip
    number = chat.said[-1].number if chat.said else 0
    rows = parts.rows(chat, after)
    return News(number, chat.state.value, str(rows).strip(), str(status).strip())


def closed_words(request: Request, until: date) -> str:
    """Return what a parent reads whom the school asked not to use the chat through that day."""
    desk, language = request.app.ctx.desk, reader_of(request).language
    facts = chat_facts(desk.school, desk.settings.public_url)
    facts |= {"day": language.date(until), "link": f"{facts['link']}{language.in_english}"}
    return language.say(CHAT_CLOSED) % facts
