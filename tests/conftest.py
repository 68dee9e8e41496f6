"""What every test shares: no network but loopback, missing programs, a whole stack, a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from assistant.running.private_postgresql import find_program
from tests.databases import fresh_database, postgresql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from assistant.running.stack import Stack

__all__ = ["fresh_database", "postgresql"]
"""Fixtures; here and nowhere else, so that a test run starts one PostgreSQL."""

NO_PARAMETERS = SimpleNamespace(params={})
QUICK, SLOW, WITH_A_MODEL = 0, 1, 2
FIRST_TO_LAST = (SLOW, WITH_A_MODEL, QUICK)
"""The order in which files run; a file is what the weightiest of its tests is."""
DEMONSTRATION_NOW = "2026-11-24T10:15"
LOOPBACK = ("127.", "::1", "localhost")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--strict-programs", action="store_true", help="a missing program is a failure, not a skip"
    )
    parser.addoption(
        "--pictures", type=Path, metavar="DIR",
        help="keep every state of the pages that axe is asked about: as pictures and as heard",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(refuse_the_network)
    if config.pluginmanager.hasplugin("hypothesispytest"):  # the brain's environment lacks it
        stop_no_example_by_the_clock()
    if config.getoption("--pictures"):
        from tests.web.browser.pictures import PICTURES

        PICTURES.folder = config.getoption("--pictures").absolute()


def stop_no_example_by_the_clock() -> None:
    """Let an example of Hypothesis take its time: a busy machine proves nothing wrong."""
    import hypothesis

    hypothesis.settings.register_profile("without a clock", deadline=None)
    hypothesis.settings.load_profile("without a clock")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts processes: a whole stack, or the PostgreSQL twin of a SQLite test.

    Files with slow tests run first, so that no worker is left alone with one at the end; of these
    the last are those that need a trained model, because it may still be in the making.
    """
    places: dict[Path, int] = {}
    for item in items:
        twin = "postgresql" in getattr(item, "callspec", NO_PARAMETERS).params.values()
        needs_model = "stack" in getattr(item, "fixturenames", ())
        if twin or needs_model:
            item.add_marker(pytest.mark.slow)
        slow = item.get_closest_marker("slow") is not None
        place = WITH_A_MODEL if needs_model else SLOW if slow else QUICK
        places[item.path] = max(place, places.get(item.path, QUICK))
    items.sort(key=lambda item: FIRST_TO_LAST.index(places[item.path]))


def refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    """Raise for a connection or a name look-up that leaves this machine (PEP 578 audit hook)."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        refuse_unless_loopback(arguments[1][0])
    elif event == "socket.getaddrinfo" and arguments[0] is not None:
        refuse_unless_loopback(arguments[0])


def refuse_unless_loopback(host: object) -> None:
    """Let 127.0.0.0/8, ::1, localhost and the listening address of no host pass."""
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name and not name.startswith(LOOPBACK):
        message = f"A test tried to reach {name}; tests use loopback only."
        raise RuntimeError(message)


@pytest.fixture(scope="session")
def need_program(request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """Return a function that finds a program, or skips the test (fails it under --strict)."""
    strict = request.config.getoption("--strict-programs")

    def find(name: str) -> Path:
        found = find_program(name)
        if found is None:
            sentence = f"The program {name} is not installed on this machine."
            if strict:
                pytest.fail(sentence)
            pytest.skip(sentence)
        return found

    return find


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Run all three processes on free ports at the demonstration's clock."""
    from assistant.running.stack import Stack

    with Stack(now=DEMONSTRATION_NOW) as running:
        yield running


@pytest.fixture(scope="module")  # its event loop must be gone before the tests of other files
def browser(need_program: Callable[[str], Path]) -> Iterator[Browser]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=need_program("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()
