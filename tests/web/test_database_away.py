"""A parent tells of danger while PostgreSQL is away: it is not lost, and nobody is told a lie."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from assistant.app import build_desk
from assistant.services.set_password import set_password
from assistant.settings import Settings
from assistant.store.alert_tables import Alert
from assistant.store.migrate import migrate_databases
from assistant.store.seed import seed_school
from tests.desks import close_databases
from tests.web.desk_stage import DEPUTY, PASSWORD, Visitor
from tests.web.running import MID_TERM_TUESDAY, free_port, web_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from assistant.running.private_postgresql import Cluster
    from assistant.services.desk import Desk

pytestmark = pytest.mark.slow

WORDS = "My son says his dad hits him with a belt and he has bruises"


@contextmanager
def away(cluster: Cluster, *urls: str) -> Iterator[None]:
    """Make the server refuse every connection to these databases, and end those there are."""
    names = [url.rpartition("/")[2] for url in urls]
    for name in names:
        cluster._run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        cluster._run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - our own name
        )
    yield
    for name in names:
        cluster._run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.fixture
def settings(tmp_path: Path, postgresql: Cluster) -> dict[str, str]:
    """Return the variables of a school whose two databases are PostgreSQL's, ready for work."""
    urls = {"database_url": postgresql.create(), "alerts_database_url": postgresql.create()}
    values = {"data": str(tmp_path), "now": MID_TERM_TUESDAY, **urls}
    desk = build_desk(Settings.load({f"SCHOOLGATE_{k.upper()}": v for k, v in values.items()}))
    migrate_databases(desk.settings)
    seed_school(desk.unit_of_work, desk.school)
    set_password(desk, staff_id=DEPUTY, password=PASSWORD)
    close_databases(desk)
    return urls


def desk_of(data: Path, urls: dict[str, str]) -> Desk:
    values = {"data": str(data), "now": MID_TERM_TUESDAY, **urls}
    return build_desk(Settings.load({f"SCHOOLGATE_{k.upper()}": v for k, v in values.items()}))


def wait_until_gone(file: Path) -> None:
    give_up_at = time.monotonic() + 20
    while file.exists() and time.monotonic() < give_up_at:
        time.sleep(0.1)


def alerts_of(desk: Desk) -> list[str]:
    with desk.alerts_unit_of_work(read_only=True) as work:
        found = [work.unseal(alert, "words") for alert in work.session.scalars(select(Alert))]
    close_databases(desk)
    return found


def test_with_the_cases_away_it_is_passed_on_from_the_page_the_api_and_the_form_for_a_call(
    tmp_path: Path, postgresql: Cluster, settings: dict[str, str]
) -> None:
    with web_process(tmp_path, free_port(), **settings) as url, Visitor(base_url=url) as parent:
        started = parent.post("/api/v1/conversations").json()
        call_back = parent.hidden("/call-back")
        with away(postgresql, settings["database_url"]):
            page = parent.post("/", data={"text": WORDS}, timeout=30)
            again = parent.post("/", data={"text": WORDS}, timeout=30)
            said = parent.post(
                f"/api/v1/conversations/{started['conversation']}/messages",
                json={"text": f"{WORDS} again"},
                headers={"authorization": f"Bearer {started['token']}"},
                timeout=30,
            )
            ring = {"name": "Ola", "phone": "07700 900123", "words": f"{WORDS}, please ring"}
            form = parent.post("/call-back", data=call_back | ring, timeout=30)
            plain = parent.post("/", data={"text": "Shoes are dear"}, timeout=30)
    statuses = [answer.status_code for answer in (page, again, said, form)]
    assert statuses == [503, 503, 503, 200]  # the form needs nothing but the leads yet
    for answer in (page, again, said, form):
        assert "I have passed your exact words to Mr Mensah" in answer.text
        assert "999" in answer.text
    assert said.json()["error"] == "unavailable"
    assert plain.status_code == 503
    assert "passed" not in plain.text
    stored = alerts_of(desk_of(tmp_path, settings))
    assert sorted(stored) == sorted([WORDS, f"{WORDS} again", f"{WORDS}, please ring"])


def test_with_both_away_and_a_crash_it_is_on_the_desk_exactly_once(
    tmp_path: Path, postgresql: Cluster, settings: dict[str, str]
) -> None:
    both = settings["database_url"], settings["alerts_database_url"]
    with ExitStack() as outage:  # it ends after the process was killed
        process = web_process(tmp_path, free_port(), crashes=True, **settings)
        with process as url, Visitor(base_url=url, timeout=30) as parent:
            outage.enter_context(away(postgresql, *both))
            answers = [parent.post("/", data={"text": WORDS}) for _ in range(2)]
        (kept,) = (tmp_path / "alert-spool").glob("*.sealed")
        assert WORDS.encode() not in kept.read_bytes()
    for answer in answers:
        assert answer.status_code == 503
        assert "They are kept safe" in answer.text
        assert "have passed" not in answer.text
        assert "01632 960301" in answer.text
    with web_process(tmp_path, free_port(), **settings) as url:
        desk = desk_of(tmp_path, settings)
        with Visitor(base_url=url, timeout=30) as lead:
            wait_until_gone(kept)
            lead.sign_in(DEPUTY, desk)
            listed = lead.get("/desk/alerts").text
    assert listed.count("A child may be at risk,") == 1
    assert alerts_of(desk) == [WORDS]
