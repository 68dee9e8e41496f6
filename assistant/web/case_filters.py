"""The filter of the list of cases in an address: read from it, and written into links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from assistant.casework.kinds import CaseKind, CaseStatus
from assistant.services.case_lists import CaseFilter
from assistant.web.facts import year_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sanic import Request

    from assistant.services.case_lists import Choices, Due

ANY = "any"
"""Open and finished; a blank value would be lost on the way."""
DUES: tuple[tuple[Due, str], ...] = (
    ("late", "Late"),
    ("week", "Due this week"),
    ("none", "Nothing due"),
)
LONGEST = 200
HIGHEST_YEAR = 14
Item = dict[str, Any]


def read_filter(arguments: Mapping[str, str]) -> CaseFilter:
    """Return the filter of a query; what it does not know counts as not chosen."""
    due = arguments.get("due", "")
    year = arguments.get("year", "")
    status = arguments.get("status", "open")
    return CaseFilter(
        kind=_known(arguments.get("kind", ""), {kind.value for kind in CaseKind}),
        status="" if status == ANY else _known(status, _statuses(), "open"),
        handler=arguments.get("handler", "")[:LONGEST],
        stage=arguments.get("stage", "")[:LONGEST],
        due=_due(due),
        year=int(year) if year in _YEARS else None,
    )


def sent_filter(request: Request) -> CaseFilter:
    """Return the filter in the request's address."""
    return read_filter({name: str(request.args.get(name) or "") for name in request.args} or {})


def page_number(request: Request) -> int:
    """Return the page that is asked for, 1 when it is no number."""
    typed = str(request.args.get("page") or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1  # noqa: PLR2004 - digits


def query_of(wanted: CaseFilter, **more: int) -> str:
    """Return the filter as a query string; the status is always in it."""
    chosen = {
        "status": wanted.status or ANY,
        "kind": wanted.kind,
        "handler": wanted.handler,
        "stage": wanted.stage,
        "due": wanted.due,
        "year": "" if wanted.year is None else wanted.year,
        **more,
    }
    return urlencode({name: value for name, value in chosen.items() if value != ""})


def fields_of(wanted: CaseFilter, choices: Choices) -> list[Item]:
    """Return the drop-down lists of the form, each with what is chosen."""
    years = [(str(year), year_words(year)) for year in choices.years]
    return [
        _field("status", "Status", _STATUS_ITEMS, wanted.status or ANY, anything=None),
        _field("due", "Due", DUES, wanted.due, anything="Any time"),
        _field("kind", "Kind", [(kind.value, kind.label) for kind in CaseKind], wanted.kind),
        _field("handler", "Handler", choices.handlers, wanted.handler, anything="Anybody"),
        _field("stage", "Stage", [(stage, stage) for stage in choices.stages], wanted.stage),
        _field("year", "Year", years, "" if wanted.year is None else str(wanted.year)),
    ]


_YEARS = {str(year) for year in range(HIGHEST_YEAR)}
_STATUS_ITEMS = (
    ("open", "Open"),
    ("finished", "Finished"),
    (ANY, "Open and finished"),
    *((status.value, status.label) for status in CaseStatus),
)


def _due(typed: str) -> Due:
    return next((value for value, _ in DUES if value == typed), "")


def _statuses() -> set[str]:
    return {value for value, _ in _STATUS_ITEMS}


def _known(value: str, known: set[str], otherwise: str = "") -> str:
    return value if value in known else otherwise


def _field(name: str, label: str, items: Any, chosen: str, anything: str | None = "All") -> Item:  # noqa: ANN401 - pairs of words
    pairs = [*([("", anything)] if anything else []), *items]
    options = [{"value": value, "text": text, "selected": value == chosen} for value, text in pairs]
    return {"name": name, "label": label, "items": options}
