"""A plain form that opens a case: first the danger in its words, then the flood, then the case.

The page says which fields it has, what is to be mended in them, and which case they open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.services.who_is_meant import people_in_words
from assistant.web.calling import ask
from assistant.web.chat_identity import find_identity
from assistant.web.danger_first import danger_in
from assistant.web.filings import ASKED, filing, the_sum
from assistant.web.forms import field, new_key, sent_key
from assistant.web.pages import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from sanic import HTTPResponse, Request

    from assistant.services.shapes import CaseReceipt, Contact
    from assistant.web.desk_frame import Words

    Opening = Callable[..., CaseReceipt]
    """``open_case`` with everything that the form says of the case."""


@dataclass(frozen=True)
class Shown:
    """What the form is shown with: what was typed, and why it is shown again.

    ``asked`` is the sum that was asked for the form with ``key``.
    """

    typed: Words
    problems: Words | None = None
    warning: tuple[str, ...] = ()
    asked: dict[str, Any] | None = None
    key: str = ""


async def file_case(
    request: Request, name: str, typed: Words, contact: Contact, opening: Opening
) -> CaseReceipt | Shown:
    """Open the case of the form ``name``, or return what the form is shown with instead.

    However often the form is sent, there is one case; whoever its ``words`` name cannot read it.
    """
    identity, words = await find_identity(request), typed["words"]
    warning = await danger_in(request, words, contact, identity)
    if warning:
        return Shown(typed, warning=warning)
    key = sent_key(request)
    async with filing(request, name, key, words=words) as this:
        if not this.allowed:
            return Shown(typed, asked=the_sum(request, this.form), key=key)
        receipt = await ask(
            request,
            opening,
            idempotency_key=f"{name}:{key}",
            conversation_id=identity.conversation_id if identity else None,
            contact=contact,
            subjects=await ask(request, people_in_words, text=words),
        )
        this.made(receipt.reference)
    return receipt


def show_form(request: Request, template: str, shown: Shown, **context: Any) -> HTTPResponse:  # noqa: ANN401 - whatever the form shows
    """Return the form; 422 with what is to be mended, 429 where it asks for the sum."""
    return render(
        request,
        template,
        status=422 if shown.problems else ASKED if shown.asked else 200,
        typed=shown.typed,
        problems=shown.problems or {},
        warning=shown.warning,
        asked=shown.asked,
        key=shown.key or field(request, "idempotency_key") or new_key(),
        **context,
    )
