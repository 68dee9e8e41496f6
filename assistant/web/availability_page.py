"""When I meet parents: the weekly times, the terms and the other days. Works without a script.

One form holds the whole page, so that nothing typed is lost whichever button is pressed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.add_exception import add_exception
from assistant.services.availability_errors import ChangedMeanwhile, MeetingsLeftOutside
from assistant.services.list_availability import list_availability
from assistant.services.own_hours import version_of
from assistant.services.preview_times import preview_times
from assistant.services.remove_exception import remove_exception
from assistant.services.save_availability import save_availability
from assistant.services.view_availability import view_availability
from assistant.web import availability_sheet as sheets
from assistant.web import desk_frame, forms
from assistant.web.availability_form import (
    NO_DATE,
    ROW_BUTTONS,
    TypedHours,
    focus_after,
    read_plan,
    read_typed_dates,
    sent_hours,
    typed_out,
)
from assistant.web.calling import ask
from assistant.web.desk_frame import me
from assistant.web.gate import guard
from assistant.web.pages import render

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from assistant.casework.availability.effects import Booked
    from assistant.casework.availability.problems import Problem
    from assistant.services.view_availability import AvailabilityView

    Act = Callable[[Request, AvailabilityView, TypedHours], Awaitable[HTTPResponse]]

HOME = "/desk/availability"
FRAGMENT = "x-schoolgate-fragment"
ANYWAY = "!"
"""At the end of a button's value: with the meetings that the page has named."""

DONE = {
    "saved": "Your times are saved. Parents see them from now on.",
    "date": "The day is saved. Parents see it from now on.",
    "drop": "The day is removed. The weekly times hold on it again.",
}
DATE_NOT_ADDED = "This day is not added yet. Press “Add this day” first, or empty the field"

blueprint = Blueprint("availability", url_prefix=HOME)
guard(blueprint)


@dataclass(frozen=True)
class Beside:
    """What the page says beside the form.

    ``left`` are meetings to confirm, and ``again`` is the button that does it with them;
    ``focus`` names the field that gets the focus.
    """

    found: Mapping[str, str] = field(default_factory=dict)
    left: tuple[Booked, ...] = ()
    again: str = ""
    changed: bool = False
    note: str = ""
    focus: str = ""


@blueprint.get("/", name="mine")
async def mine(request: Request) -> HTTPResponse:
    """Show my own times; to the clerk, the list of those whose times the clerk keeps."""
    lines = await ask(request, list_availability, actor_id=me(request))
    if [line.staff_id for line in lines] == [me(request)]:
        return await _fresh(request, me(request))
    return desk_frame.show(request, "availability_list", "availability", lines=lines)


@blueprint.get("/<staff_id:str>", name="show")
async def show(request: Request, staff_id: str) -> HTTPResponse:
    """Show one person's times."""
    return await _fresh(request, staff_id)


@blueprint.post("/<staff_id:str>", name="change")
async def change(request: Request, staff_id: str) -> HTTPResponse:
    """Do what the pressed button says; whatever was typed stays typed."""
    view, typed = await _view(request, staff_id), sent_hours(request)
    pressed = forms.field(request, "do").removesuffix(ANYWAY)
    verb, _, place = pressed.partition("-")
    if verb in ROW_BUTTONS:
        changed = ROW_BUTTONS[verb](typed, place)
        return await _page(request, view, changed, Beside(focus=focus_after(verb, place, changed)))
    try:
        return await ACTS.get(verb, _look)(request, view, typed)
    except MeetingsLeftOutside as refusal:
        beside = Beside(left=refusal.meetings, again=f"{pressed}{ANYWAY}")
    except ChangedMeanwhile:
        beside = Beside(changed=True)
    return await _page(request, view, typed, beside)


async def _fresh(request: Request, staff_id: str) -> HTTPResponse:
    view = await _view(request, staff_id)
    note = DONE.get(str(request.args.get("done")), "")
    return await _page(request, view, typed_out(view), Beside(note=note))


async def _look(request: Request, view: AvailabilityView, typed: TypedHours) -> HTTPResponse:
    """Show what parents would see; to our script without the page around it."""
    if request.headers.get(FRAGMENT):
        shown = await _preview(request, view, typed)
        return render(request, "desk/_availability_preview.html", **shown)
    return await _page(request, view, typed, Beside())


async def _save(request: Request, view: AvailabilityView, typed: TypedHours) -> HTTPResponse:
    plan, problems = read_plan(view, typed)
    found = _found(problems) | ({} if typed.date.is_blank else {"date-on": DATE_NOT_ADDED})
    if found:
        return await _page(request, view, typed, Beside(found))
    version = forms.field(request, "version")
    await ask(request, save_availability, plan=plan, version=version, **_who(request, view))
    return redirect(f"{_address(view)}?done=saved", status=303)


async def _add_date(request: Request, view: AvailabilityView, typed: TypedHours) -> HTTPResponse:
    reading = read_typed_dates(request.app.ctx.desk, view, typed)
    if reading.problems:
        return await _page(request, view, typed, Beside(_found(reading.problems)))
    await ask(request, add_exception, dates=reading.dates, **_who(request, view))
    return await _go_on(request, view, replace(typed, date=NO_DATE), "date")


async def _drop_date(request: Request, view: AvailabilityView, typed: TypedHours) -> HTTPResponse:
    button = forms.field(request, "do").removesuffix(ANYWAY).partition("-")[2]
    ids = sheets.dates_behind(view, button, request.app.ctx.desk.calendar)
    await ask(request, remove_exception, exception_ids=ids, **_who(request, view))
    return await _go_on(request, view, typed, "drop")


ACTS: Mapping[str, Act] = {"look": _look, "save": _save, "date": _add_date, "drop": _drop_date}


async def _go_on(
    request: Request, view: AvailabilityView, typed: TypedHours, done: str
) -> HTTPResponse:
    """Show the page afresh; weekly times that are typed and not saved stay as they are typed."""
    if typed == typed_out(view):
        return redirect(f"{_address(view)}?done={done}#dates", status=303)
    fresh = await _view(request, view.host.id)
    return await _page(request, fresh, typed, Beside(note=DONE[done]))


async def _page(
    request: Request, view: AvailabilityView, typed: TypedHours, beside: Beside
) -> HTTPResponse:
    """Return the page; one that shows what was wrong is a 400, one to confirm is a 409."""
    sent = "" if beside.changed else forms.field(request, "version")
    context = {
        "address": _address(view),
        "mine": view.host.id == me(request),
        "view": view,
        "typed": typed,
        "version": sent or view.version,
        "beside": beside,
        "sheets": sheets,
        "calendar": request.app.ctx.desk.calendar,
    }
    context |= await _preview(request, view, typed)
    conflict = beside.left or beside.changed
    status = 400 if beside.found else 409 if conflict else 200
    return desk_frame.show(request, "availability", "availability", status=status, **context)


async def _preview(request: Request, view: AvailabilityView, typed: TypedHours) -> dict[str, Any]:
    """Return what the preview shows: rows with a mistake, and dates half typed, are left out."""
    plan, problems = read_plan(view, typed)
    unsaved = version_of(plan.put_on(view.hours)) != view.version
    plan = replace(plan, dates=read_typed_dates(request.app.ctx.desk, view, typed).dates)
    who = {"actor_id": request.ctx.me.staff_id, "staff_id": view.host.id}
    preview = await ask(request, preview_times, plan=plan, **who)
    unsaved = unsaved or bool(plan.dates)
    return {"sheets": sheets, "preview": preview, "mistakes": problems, "unsaved": unsaved}


async def _view(request: Request, staff_id: str) -> AvailabilityView:
    actor_id = request.ctx.me.staff_id
    return await ask(request, view_availability, actor_id=actor_id, staff_id=staff_id)


def _who(request: Request, view: AvailabilityView) -> dict[str, Any]:
    """Return who acts on whose hours, once, and which meetings they were told of."""
    anyway = forms.field(request, "do").endswith(ANYWAY)
    return {
        "actor_id": request.ctx.me.staff_id,
        "staff_id": view.host.id,
        "idempotency_key": forms.sent_key(request),
        "confirmed": frozenset(forms.several(request, "confirmed") if anyway else ()),
    }


def _found(problems: tuple[Problem, ...]) -> dict[str, str]:
    return {problem.field: problem.said for problem in problems}


def _address(view: AvailabilityView) -> str:
    return f"{HOME}/{view.host.id}"
