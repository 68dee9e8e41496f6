"""Whose chat it is: a cookie that scripts cannot read, or, where it is refused, a form's field.

Nothing is stored before the first message. On https the frame's cookie is partitioned by the
site that embeds it (CHIPS), so it says nothing about a parent anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from assistant.services.authenticate_conversation import authenticate_conversation
from assistant.services.start_conversation import start_conversation
from assistant.web.calling import ask
from assistant.web.form_token import cookie_name
from assistant.web.forms import field, is_key

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

COOKIE = "chat"
FIELD = "session"


@dataclass(frozen=True)
class Identity:
    """A conversation and the token that proves whose it is.

    ``kept`` when the cookie came back; ``fresh`` when the conversation begins with this request.
    """

    conversation_id: str
    token: str
    kept: bool = False
    fresh: bool = False

    @property
    def hidden_field(self) -> Markup:
        """The field that carries the chat in a browser that refuses the cookie, else nothing."""
        if self.kept:
            return Markup("")
        shape = Markup('<input type="hidden" name="{}" value="{}">')
        return shape.format(FIELD, self._value)

    def keep(self, request: Request, response: HTTPResponse, *, framed: bool) -> None:
        """Set the cookie; it ends when the browser is closed."""
        partitioned = framed and request.app.ctx.desk.settings.secure_cookies
        _set(request, response, self._value, partitioned=partitioned)

    @property
    def _value(self) -> str:
        return f"{self.conversation_id}.{self.token}"


async def find_identity(request: Request) -> Identity | None:
    """Return the caller's chat, or None when there is none or it was forgotten."""
    cookie = request.cookies.get(cookie_name(request, COOKIE)) or ""
    sent = field(request, FIELD) if request.method == "POST" else ""
    for value, kept in ((cookie, True), (sent, False)):
        conversation_id, _, token = value.partition(".")
        if token and await ask(request, authenticate_conversation, conversation_id, token):
            return Identity(conversation_id, token, kept)
    return None


async def begin_identity(request: Request, words: str) -> Identity:
    """Start a chat, or find the one that the same form began with the same words before."""
    key = field(request, "key")
    begun_by = f"{key}|{words}" if is_key(key) else ""
    return Identity(*await ask(request, start_conversation, begun_by), fresh=True)


def drop_identity(request: Request, response: HTTPResponse) -> None:
    """Delete both cookies that a browser may hold: its own and a frame's."""
    kinds = (False, True) if request.app.ctx.desk.settings.secure_cookies else (False,)
    for partitioned in kinds:
        _set(request, response, "", partitioned=partitioned, max_age=0)


def _set(
    request: Request,
    response: HTTPResponse,
    value: str,
    *,
    partitioned: bool,
    max_age: int | None = None,
) -> None:
    secure = request.app.ctx.desk.settings.secure_cookies
    response.add_cookie(
        COOKIE,
        value,
        path="/",
        httponly=True,
        max_age=max_age,
        secure=secure,
        host_prefix=secure,
        samesite="None" if partitioned else "Lax",
        partitioned=partitioned,
    )
