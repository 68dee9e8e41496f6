"""The running web process that the tests of the pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.cheap_passwords import cheap_passwords
from tests.web.desk_stage import Stage
from tests.web.running import free_port, web_process
from tests.web.running import stack as run_stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.running import Running


@pytest.fixture(scope="module", autouse=True)
def cheap() -> Iterator[None]:
    """Let the passwords of the stages cost next to nothing, as they do in their web process."""
    with cheap_passwords():
        yield


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a real web process and database, with the stand-in brain."""
    with run_stack(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def visitor(served: Running) -> Iterator[httpx.Client]:
    """Give a browser without scripts, as far as HTTP goes."""
    with httpx.Client(base_url=served.url, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")  # so that no file meets what another one left
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give the desk of a school with work on it, and the web process that shows it."""
    made = Stage.build(tmp_path_factory.mktemp("stage"))
    with web_process(made.desk.settings.data, free_port()) as url:
        made.url = url
        yield made
