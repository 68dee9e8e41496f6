"""Figures for governors: tables, a chart beside each, and a file. Works without a script."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from assistant.casework.figures import TOTAL
from assistant.services.case_figures import case_figures, export_figures
from assistant.web.calling import ask
from assistant.web.csv_files import csv_answer
from assistant.web.desk_frame import me, show, today
from assistant.web.errors import not_here
from assistant.web.figure_charts import bars_of, draw, words_of
from assistant.web.gate import guard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.casework.figures import FigureTable

blueprint = Blueprint("figures", url_prefix="/desk/figures")
guard(blueprint)

HELD_BACK = "held back"
ALL = "All"


@blueprint.get("/", name="show")
async def page(request: Request) -> HTTPResponse:
    """Show every table with its chart."""
    found = await ask(request, case_figures, staff_id=me(request))
    drawn = [(table, words_of(bars_of(table))) for table in found.tables if len(table.rows) > 1]
    limit = request.app.ctx.desk.school.figures.smallest_shown
    words = {"held_back": HELD_BACK, "total": TOTAL, "all": ALL, "limit": limit}
    return show(request, "figures", "figures", drawn=drawn, terms=found.terms, **words)


@blueprint.get("/charts/<name:str>", name="chart")
async def chart(request: Request, name: str) -> HTTPResponse:
    """Send the chart of one table."""
    found = await ask(request, case_figures, staff_id=me(request))
    table = next((table for table in found.tables if table.plan.name == name), None)
    if table is None:
        return not_here(request)
    narrow = request.args.get("narrow") == "yes"
    svg = await asyncio.to_thread(draw, bars_of(table), narrow=narrow)
    return raw(svg.encode(), content_type="image/svg+xml")


@blueprint.get("/figures.csv", name="csv")
async def csv(request: Request) -> HTTPResponse:
    """Send every table as one file; what the page holds back, the file holds back."""
    found = await ask(request, export_figures, staff_id=me(request))
    rows = [row for table in found.tables for row in _csv_rows(table)]
    return csv_answer(rows, f"figures-{today(request)}.csv")


def _csv_rows(table: FigureTable) -> Iterable[tuple[object, ...]]:
    yield (table.title, *(column or ALL for column in table.columns))
    for row in table.rows:
        counts = (table.cells[row, column] for column in table.columns)
        yield (row or ALL, *(HELD_BACK if count is None else count for count in counts))
    yield ()
