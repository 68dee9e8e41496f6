"""Book a talk on plain pages: what it is about, with whom, how, and how to reach the parent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sanic import HTTPResponse, Request
from sanic.exceptions import NotFound

from assistant.services.change_draft import change_draft
from assistant.services.draft_answers import Answers
from assistant.services.open_draft import open_draft
from assistant.services.start_draft import start_draft
from assistant.web.calling import ask
from assistant.web.chat_page import refuse_other_sites
from assistant.web.forms import field, new_key, sent_key
from assistant.web.meet_frame import BOOKED, blueprint, go_on, go_to, open_at, show_step
from assistant.web.meet_safety import warning_about
from assistant.web.meet_steps import STEPS
from assistant.web.meet_time_pages import HOW, keep_time

if TYPE_CHECKING:
    from assistant.services.drafts import DraftView
    from assistant.web.meet_steps import Step, Typed

FIRST = STEPS["about"]
TELLING = frozenset({"about", "details"})
"""Steps in which a parent writes freely, or says how to reach them."""

TOO_MANY = "That was a lot in a short time. Wait a minute, then press Continue again"


@blueprint.get("/", name="start")
async def start(request: Request) -> HTTPResponse:
    """Show the first page; nothing is stored before it is sent."""
    return await _show(request, FIRST, "", None, key=new_key())


@blueprint.post("/", name="begin")
async def begin(request: Request) -> HTTPResponse:
    """Start a draft with the first answers; the same page sent twice is one draft."""
    refuse_other_sites(request)
    key, typed = sent_key(request), await _typed(request, FIRST, Answers())
    problems = await ask(request, FIRST.problems, Answers(), typed)
    if not problems and not await request.app.ctx.limits.allow_conversation(request):
        problems = {"matter": TOO_MANY}
    if problems:
        return await _show(request, FIRST, "", None, typed=typed, problems=problems, key=key)
    token = await ask(request, start_draft, idempotency_key=key, answers=Answers())
    return await _answer(request, FIRST, token, await ask(request, open_draft, token=token))


@blueprint.get("/<token:str>", name="resume")
async def resume(request: Request, token: str) -> HTTPResponse:
    """Lead to the step whose turn it is."""
    return await go_on(request, token, await ask(request, open_draft, token=token))


@blueprint.get("/<token:str>/<step:str>", name="show")
async def show(request: Request, token: str, step: str) -> HTTPResponse:
    """Show one step with what was answered before."""
    known = _step(step)
    draft = await open_at(request, token, known.name)
    if isinstance(draft, HTTPResponse):
        return draft
    return await _show(request, known, token, draft)


@blueprint.post("/<token:str>/<step:str>", name="answer")
async def answer(request: Request, token: str, step: str) -> HTTPResponse:
    """Keep the answers of one step, or show what to mend beside what was typed."""
    known = _step(step)
    draft = await open_at(request, token, known.name)
    if isinstance(draft, HTTPResponse):
        return draft
    return await _answer(request, known, token, draft)


async def _answer(request: Request, step: Step, token: str, draft: DraftView) -> HTTPResponse:
    if draft.receipt:
        return go_to(token, BOOKED)
    typed = await _typed(request, step, draft.answers)
    problems = await ask(request, step.problems, draft.answers, typed)
    if problems:
        return await _show(request, step, token, draft, typed=typed, problems=problems)
    change = step.change(request.app.ctx.desk, typed)
    if step.name in TELLING:
        warning = await warning_about(request, draft, change(draft.answers))
        changed = await ask(
            request,
            change_draft,
            token=token,
            change=lambda answers: replace(change(answers), warning=warning or answers.warning),
        )
    else:
        changed = await ask(request, change_draft, token=token, change=change)
    before = draft.answers.starts_at
    if step.name == HOW and before and changed.answers.starts_at is None:
        changed = await keep_time(request, token, before, changed)
    return await go_on(request, token, changed)


async def _typed(request: Request, step: Step, answers: Answers) -> Typed:
    names = await ask(request, step.fields, answers)
    return {name: field(request, name) for name in names}


async def _show(  # noqa: PLR0913 - what was typed, and what was wrong with it
    request: Request,
    step: Step,
    token: str,
    draft: DraftView | None,
    *,
    typed: Typed | None = None,
    problems: Typed | None = None,
    key: str = "",
) -> HTTPResponse:
    answers = draft.answers if draft else Answers()
    context = await ask(request, step.shown, answers)
    return show_step(
        request,
        step.name,
        token,
        draft,
        status=400 if problems else 200,
        typed=step.written(answers) if typed is None else typed,
        problems=problems or {},
        key=key,
        **context,
    )


def _step(name: str) -> Step:
    if name not in STEPS:
        message = "No such step"
        raise NotFound(message)
    return STEPS[name]
