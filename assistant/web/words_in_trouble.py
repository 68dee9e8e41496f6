"""A parent's words on a page that has just failed: danger in them is passed on all the same.

The alerts database is another one than that of cases and conversations, and behind it is the disk.
So whatever form a parent was sending, and whatever broke, nothing dangerous in it is lost, and the
page that says that something is wrong says first whom to ring.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import structlog

from assistant.chat.typed_text import tidy
from assistant.services.shapes import Contact
from assistant.web.forms import field
from assistant.web.meet_safety import Told, warning_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanic import Request

DESK = "/desk"
OURS = frozenset(
    {
        *("form_token", "idempotency_key", "key", "session", "turn", "choice", "seen", "step"),
        *("share", "after", "offer", "answer"),
    }
)
"""Fields that we put into forms ourselves."""

log = structlog.get_logger()


async def warning_in_trouble(request: Request) -> tuple[str, ...]:
    """Return what the parent must read first, after passing the words on; empty without danger.

    Never fails, as there is a failure to tell of already.
    """
    if request.method == "GET" or request.path.startswith(DESK):
        return ()
    try:
        return await warning_for(request, _told(request))
    except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
        log.error("danger_not_screened", error=type(problem).__name__)  # noqa: TRY400 - see above
        return ()


def _told(request: Request) -> Told:
    """Return the words with no conversation: whose it is cannot be checked just now."""
    contact = Contact(field(request, "name"), field(request, "phone"), field(request, "email"))
    words = "\n".join(words for words in _words(request) if words)
    return Told("in trouble", words, contact=None if contact == Contact() else contact)


def _words(request: Request) -> Iterator[str]:
    if request.content_type.startswith("application/json"):
        yield tidy(_text(json.loads(request.body)))
        return
    for name, values in (request.form or {}).items():
        if name not in OURS:
            yield from (tidy(str(value)) for value in values)


def _text(body: Any) -> str:  # noqa: ANN401 - whatever JSON was sent
    said = body.get("text") if isinstance(body, dict) else None
    return said if isinstance(said, str) else ""
