"""Other hosts for the meetings of somebody who leaves: choose who, look at the list, confirm."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.handlers import titled
from assistant.casework.hosts import is_met_through_clerk, may_host
from assistant.casework.kinds import Role
from assistant.services.leaving_meetings import leavers, leaving_meetings
from assistant.services.reassign_meetings import reassign_meetings
from assistant.web.calling import ask
from assistant.web.desk_frame import me, show, today, wrong_reason
from assistant.web.forms import day_of, field, sent_key
from assistant.web.gate import guard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.casework.school_shapes import Person
    from assistant.services.desk_shapes import LeavingMeeting
    from assistant.web.desk_frame import Words

REASSIGN = "/desk/meetings/reassign"
GIVE = "give-"
"""Before the reference of a meeting: the field that says who takes it; empty leaves it."""

blueprint = Blueprint("reassign", url_prefix=REASSIGN)
guard(blueprint)


@blueprint.get("/", name="find")
async def find(request: Request) -> HTTPResponse:
    """Ask who leaves and when, or show the meetings that need another host."""
    asked = {name: request.args.get(name) or "" for name in ("who", "day", "month", "year")}
    if not any(asked.values()):
        return await _ask_who(request, {}, _as_fields(today(request)))
    since, found = _since(asked), {}
    if not asked["who"]:
        found["who"] = "Choose who leaves"
    if since is None:
        found["day"] = "Write the date as numbers, such as 27 3 2027"
    if since is None or found:
        return await _ask_who(request, found, asked)
    return await _list(request, asked["who"], since)


@blueprint.post("/", name="give")
async def give(request: Request) -> HTTPResponse:
    """Give the meetings to the hosts that were chosen, and say what became of each."""
    who, since = field(request, "who"), _since_sent(request)
    choices, why = dict(_choices(request)), field(request, "why")
    found = {} if choices else {"why": "Choose somebody for at least one meeting"}
    found |= wrong_reason("why", why)
    if found:
        return await _list(request, who, since, found, {"why": why, **choices})
    reassign = partial(reassign_meetings, staff_id=me(request), choices=choices, why=why)
    outcomes = await ask(request, reassign, idempotency_key=sent_key(request))
    left = await ask(request, leaving_meetings, me(request), leaver=who, since=since)
    placed = [each for each in outcomes if not each.problem]
    refused = [each for each in outcomes if each.problem]
    return show(request, "reassigned", "meetings", placed=placed, refused=refused, left=left)


async def _ask_who(request: Request, found: Words, written: Words) -> HTTPResponse:
    gone = await ask(request, leavers, me(request))
    people = [{"value": each.id, "text": titled(each)} for each in _hosts(request)]
    first = {"value": "", "text": "Choose somebody"}
    context = {"gone": gone, "people": [first, *people], "since": today(request)}
    return show(request, "reassign_who", "meetings", found=found, written=written, **context)


async def _list(
    request: Request,
    who: str,
    since: date,
    found: Words | None = None,
    written: Words | None = None,
) -> HTTPResponse:
    meetings = await ask(request, leaving_meetings, me(request), leaver=who, since=since)
    leaver = await _name(request, who)
    context = {
        "who": who,
        "leaver": leaver,
        "since": since,
        "meetings": [_row(each) for each in meetings],
    }
    return show(request, "reassign", "meetings", found=found, written=written, **context)


def _row(meeting: LeavingMeeting) -> dict[str, object]:
    """Return a meeting with the items of its select, the best colleague first and chosen."""
    people = [{"value": each.staff_id, "text": each.label} for each in meeting.takers]
    return {"meeting": meeting, "items": [*people, {"value": "", "text": "Leave it for now"}]}


def _hosts(request: Request) -> list[Person]:
    """Return whose meetings this person may arrange: governors' are the clerk's alone."""
    school = request.app.ctx.desk.school
    is_clerk = Role.CLERK.value in request.ctx.me.roles
    hosts = [each for each in school.people if may_host(school, each)]
    return [each for each in hosts if is_clerk or not is_met_through_clerk(each)]


async def _name(request: Request, who: str) -> str:
    """Return the leaver's name as far as this person may know that they host anything."""
    person = request.app.ctx.desk.school.by_id.get(who)
    if person:
        return titled(person)
    gone = await ask(request, leavers, me(request))
    return next((each.name for each in gone if each.staff_id == who), "Nobody of that name")


def _choices(request: Request) -> Iterator[tuple[str, str]]:
    """Yield reference and staff id of every meeting that somebody was chosen for."""
    for name in request.form or {}:
        if name.startswith(GIVE) and field(request, name):
            yield name.removeprefix(GIVE), field(request, name)


def _since(asked: Words) -> date | None:
    try:
        return date(int(asked["year"]), int(asked["month"]), int(asked["day"]))
    except ValueError:
        return None


def _since_sent(request: Request) -> date:
    return day_of(field(request, "since")) or today(request)


def _as_fields(day: date) -> Words:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
