"""Time the list and the search with many cases, through the services and a real web process."""

from __future__ import annotations

import tempfile
import time
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from assistant.app import keep_what_stays
from assistant.bootstrap.progress import step
from assistant.evaluation.booking.databases import makers_of_databases
from assistant.evaluation.booking.stage import close
from assistant.evaluation.desk.filling import fill_with_cases
from assistant.evaluation.figures import Figure, percentile
from assistant.evaluation.web_alone import web_alone
from assistant.running.databases import fill_databases
from assistant.services.case_lists import CaseFilter, list_cases
from assistant.services.list_due import list_due
from assistant.services.search_records import search_records
from assistant.services.set_password import set_password
from assistant.settings import Settings, variable
from assistant.web.form_token import SESSION_COOKIE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.services.desk import Desk

CASES = 10_000
READER = "mrs-ashworth"
NOW = "2026-11-24T10:15"
REPEATS = 60
LIST_MS, SEARCH_MS = 150, 200
FILTERS = (CaseFilter(), CaseFilter(status=""), CaseFilter(due="late"), CaseFilter(year=4))
WORDS = ("whit", "kowalska", "dana sad", "900123", "3b", "wilhun", "nobody")


def measure_desk(cases: int = CASES) -> list[Figure]:
    """Return what each database takes, in a folder that is thrown away."""
    figures: list[Figure] = []
    with (
        tempfile.TemporaryDirectory(prefix="schoolgate-desk-") as name,
        makers_of_databases(Path(name)) as makers,
    ):
        for kind, new in makers.items():
            values = _settings(Path(name) / kind, new(), new())
            figures += _measured(kind, values, cases)
    return figures


def _measured(kind: str, values: dict[str, str], cases: int) -> list[Figure]:
    desk = fill_databases(Settings.load(values))
    with step(f"{kind}: filling {cases:,} cases"):
        fill_with_cases(desk, READER, cases)
    keep_what_stays()
    with step(f"{kind}: through the services"):
        figures = _through_services(kind, desk)
    with step(f"{kind}: through a web process"):
        figures += _through_web(kind, desk, values)
    close(desk)
    return figures


def _through_services(kind: str, desk: Desk) -> list[Figure]:
    filters, words = cycle(FILTERS), cycle(WORDS)
    due = _timed(lambda: list_due(desk, READER))
    listed = _timed(lambda: list_cases(desk, READER, next(filters)))
    found = _timed(lambda: search_records(desk, READER, next(words)))
    return [
        Figure(f"{kind}: what is due, p95", percentile(due, 0.95), "ms", LIST_MS),
        Figure(f"{kind}: a page of the list, p95", percentile(listed, 0.95), "ms", LIST_MS),
        Figure(f"{kind}: search, p95", percentile(found, 0.95), "ms", SEARCH_MS),
    ]


def _through_web(kind: str, desk: Desk, values: dict[str, str]) -> list[Figure]:
    words = cycle(WORDS)
    with web_alone(values) as url, _signed_in(desk, url) as client:
        form = _form_token(client.get("/desk/cases").raise_for_status().text)
        due = _timed(lambda: client.get("/desk").raise_for_status())
        listed = _timed(lambda: client.get("/desk/cases?status=any").raise_for_status())
        found = _timed(
            lambda: client.post(
                "/desk/search", data={"words": next(words), "form_token": form}
            ).raise_for_status()
        )
    return [
        Figure(f"{kind}: page of what is due, p95", percentile(due, 0.95), "ms", LIST_MS),
        Figure(f"{kind}: page of the cases, p95", percentile(listed, 0.95), "ms", LIST_MS),
        Figure(f"{kind}: page of a search, p95", percentile(found, 0.95), "ms", SEARCH_MS),
    ]


@contextmanager
def _signed_in(desk: Desk, url: str) -> Iterator[httpx.Client]:
    opened = set_password(desk, staff_id=READER, password="velvet otter ninety lamps")  # noqa: S106 - thrown away
    token = opened.token
    with httpx.Client(base_url=url, cookies={SESSION_COOKIE: token}, timeout=60) as client:
        client.follow_redirects = False
        yield client


def _form_token(page: str) -> str:
    return page.partition('name="form_token" value="')[2].partition('"')[0]


def _timed(ask: Callable[[], object]) -> list[float]:
    ask()  # the first one fills what is kept between calls
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def _settings(data: Path, database_url: str, alerts_database_url: str) -> dict[str, str]:
    chosen = {
        "data": str(data),
        "database_url": database_url,
        "alerts_database_url": alerts_database_url,
        "now": NOW,
        "public_url": "http://127.0.0.1",
    }
    return {variable(name): value for name, value in chosen.items()}
