"""What the desk's pages share: who asks, what day it is, a change carried out, a page shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from sanic.response import redirect

from assistant.casework.kinds import Labelled
from assistant.security.permissions import Permission, lets_colleagues_in, may
from assistant.services.add_note import add_note
from assistant.services.errors import AlertHeldUp, NotPossibleNow
from assistant.web.calling import ask
from assistant.web.forms import field, new_key, problem_with_words, sent_key
from assistant.web.gate import visitor
from assistant.web.pages import render
from assistant.web.words import local_date

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from sanic import HTTPResponse, Request

    RecordPage = Callable[..., Awaitable[HTTPResponse]]

Kind = TypeVar("Kind", bound=Labelled)
Words = dict[str, str]
"""Words by the field of the form that they belong to."""

HELD_UP = "The alert cannot be passed on just now. Tell the safeguarding lead, then try again"
NO_REASON = "Say why, in one sentence"
MOVED_ON = "The record has moved on since you opened it. Look at it again, then choose"


def me(request: Request) -> str:
    """Return the id of who is signed in."""
    staff_id: str = request.ctx.me.staff_id
    return staff_id


def by_me_once(request: Request, reference: str) -> dict[str, str]:
    """Return what a change of a record is told: who asks, of which one, and the form's key."""
    return {"staff_id": me(request), "reference": reference, "idempotency_key": sent_key(request)}


def today(request: Request) -> date:
    """Return the date in London by the school's clock."""
    return local_date(request.app.ctx.desk.clock.now())


def chosen(kind: type[Kind], stored: str) -> Kind | None:
    """Return the member of `kind` that a radio stood for, None for anything else."""
    return next((member for member in kind if member.value == stored), None)


def wrong_reason(name: str, why: str) -> Words:
    """Return what is wrong with a reason by its field: it is missing, or far too long."""
    return {name: NO_REASON} if problem_with_words(why) else {}


async def note_on(request: Request, reference: str, page: RecordPage) -> HTTPResponse:
    """Add the note that was sent to the record, or show the page again with what is wrong."""
    words = field(request, "note")
    problem = problem_with_words(words)
    if problem:
        return await page(request, reference, {"note": problem}, {"note": words})
    change = partial(add_note, words=words)
    return await carry_out(request, reference, page, change, {"note": words})


async def carry_out(
    request: Request,
    reference: str,
    page: RecordPage,
    change: Callable[..., None],
    written: Words | None = None,
) -> HTTPResponse:
    """Do `change`, then show the record afresh; one that has moved on is shown with the reason.

    ``written`` is what was typed, for the page that is shown again.
    """
    try:
        await ask(request, change, **by_me_once(request, reference))
    except NotPossibleNow:
        return await page(request, reference, {"status": MOVED_ON}, written)
    except AlertHeldUp:
        return await page(request, reference, {"status": HELD_UP}, written)
    return redirect(request.path.rpartition("/")[0], status=303)


def show(request: Request, page: str, place: str, **context: Any) -> HTTPResponse:  # noqa: ANN401 - whatever the page shows
    """Return a desk page; one that shows what was wrong is a 400, unless ``status`` says else."""
    status = context.pop("status", 400 if context.get("found") else 200)
    shown = {"me": request.ctx.me, "place": place, "new_key": new_key(), **context}
    shown |= {name: context.get(name) or {} for name in ("found", "written")}
    who = visitor(request.ctx.me)
    shown["sees_figures"] = may(who, Permission.SEE_FIGURES)
    shown["answers_requests"] = may(who, Permission.ANSWER_DATA_REQUEST)
    shown["lets_in"] = lets_colleagues_in(who)
    shown["takes_chats"] = may(who, Permission.ANSWER_CHATS)
    shown["keeps_records"] = may(who, Permission.KEEP_RECORDS)
    return render(request, f"desk/{page}.html", status=status, **shown)
