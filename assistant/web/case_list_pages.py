"""The list of cases: filtered, searched, kept as views, and taken as a file. Without a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.case_lists import CaseFilter, list_cases, list_choices
from assistant.services.errors import NotPossibleNow
from assistant.services.export_cases import export_cases
from assistant.services.saved_views import (
    LONGEST_NAME,
    MOST_VIEWS,
    list_views,
    remove_view,
    save_view,
)
from assistant.services.search_records import search_records
from assistant.web import work_rows
from assistant.web.calling import ask
from assistant.web.case_filters import fields_of, page_number, query_of, read_filter, sent_filter
from assistant.web.csv_files import csv_answer
from assistant.web.desk_frame import me, show, today
from assistant.web.forms import field, one_line, sent_key
from assistant.web.gate import guard

if TYPE_CHECKING:
    from assistant.services.case_lists import CasePage
    from assistant.web.desk_frame import Words

blueprint = Blueprint("case_lists", url_prefix="/desk")
guard(blueprint)

LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Paging:
    """Links from one page of the list to those beside it; empty where there is none."""

    number: int
    pages: int
    before: str
    after: str


@blueprint.get("/cases", name="cases")
async def cases(request: Request) -> HTTPResponse:
    """Show a page of the cases that this person may read, late ones first."""
    return await _list(request, sent_filter(request), page_number(request))


@blueprint.post("/search", name="search")
async def search(request: Request) -> HTTPResponse:
    """Show what the words find. They are sent in a form: names do not belong in an address."""
    typed = one_line(field(request, "words"))[:LONGEST_SEARCH]
    found = await ask(request, search_records, staff_id=me(request), words=typed)
    now = request.app.ctx.desk.clock.now()
    rows = [work_rows.case_row(row, today(request)) for row in found.cases]
    meetings = [work_rows.meeting_row(row, now) for row in found.meetings]
    counts = {"case_count": found.case_count, "meeting_count": found.meeting_count}
    return show(request, "search", "cases", rows=rows, meetings=meetings, words=typed, **counts)


@blueprint.get("/cases.csv", name="csv")
async def csv(request: Request) -> HTTPResponse:
    """Send the whole list as a file."""
    wanted = sent_filter(request)
    rows = await ask(request, export_cases, staff_id=me(request), wanted=wanted)
    return csv_answer(work_rows.csv_rows(rows), f"cases-{today(request)}.csv")


@blueprint.post("/views", name="save_view")
async def keep(request: Request) -> HTTPResponse:
    """Keep the filter that is shown under a name."""
    name = one_line(field(request, "name"))
    query = query_of(read_filter(dict(parse_qsl(field(request, "query")))))
    if not name or len(name) > LONGEST_NAME:
        problem = f"Give the view a name of at most {LONGEST_NAME} letters"
        return await _again(request, query, name, problem)
    try:
        who, key = me(request), sent_key(request)
        await ask(request, save_view, staff_id=who, name=name, query=query, idempotency_key=key)
    except NotPossibleNow:
        problem = f"You have {MOST_VIEWS} views. Remove one first"
        return await _again(request, query, name, problem)
    return redirect(f"/desk/cases?{query}", status=303)


@blueprint.post("/views/<view_id:str>/remove", name="remove_view")
async def remove(request: Request, view_id: str) -> HTTPResponse:
    """Forget a view of one's own."""
    await ask(request, remove_view, staff_id=me(request), view_id=view_id)
    return redirect("/desk/cases", status=303)


@blueprint.get("/keys", name="keys")
async def keys(request: Request) -> HTTPResponse:
    """Say which keys help at the desk."""
    return show(request, "keys", "cases")


async def _again(request: Request, query: str, name: str, problem: str) -> HTTPResponse:
    wanted = read_filter(dict(parse_qsl(query)))
    return await _list(request, wanted, 1, {"name": problem}, {"name": name})


async def _list(
    request: Request,
    wanted: CaseFilter,
    number: int,
    found: Words | None = None,
    written: Words | None = None,
) -> HTTPResponse:
    page = await ask(request, list_cases, staff_id=me(request), wanted=wanted, number=number)
    choices = await ask(request, list_choices, staff_id=me(request))
    views = await ask(request, list_views, staff_id=me(request))
    query = query_of(wanted)
    return show(
        request,
        "cases",
        "cases",
        rows=[work_rows.case_row(row, today(request), query) for row in page.rows],
        lead=_lead(page, wanted),
        fields=fields_of(wanted, choices),
        is_filtered=wanted != CaseFilter(),
        views=views,
        query=query,
        paging=_paging(page, wanted),
        found=found,
        written=written,
    )


def _paging(page: CasePage, wanted: CaseFilter) -> Paging:
    def address(number: int) -> str:
        within = 1 <= number <= page.pages
        return f"/desk/cases?{query_of(wanted, page=number)}" if within else ""

    return Paging(page.number, page.pages, address(page.number - 1), address(page.number + 1))


def _lead(page: CasePage, wanted: CaseFilter) -> str:
    what = {"open": "open ", "finished": "finished "}.get(wanted.status, "")
    cases = f"{page.total:,} {what}{'case' if page.total == 1 else 'cases'}"
    parts = [
        f"{page.late:,} late" if page.late else "",
        f"{page.today:,} due today" if page.today else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{cases}: {said}." if said else f"{cases}."
