"""What the tests of the chat in a browser share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.web.running import Running

NEUTRAL = "**/www.bbc.co.uk/weather"


@pytest.fixture
def open_chat(browser: Browser, served: Running) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the chat; a console error or a refused resource is a failure."""
    contexts, problems = [], []

    def open_with(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**{"base_url": served.url, **options})
        contexts.append(context)
        page = context.new_page()
        page.route(NEUTRAL, lambda route: route.fulfill(body="Sunny", content_type="text/html"))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: said.type == "error" and problems.append(said.text))
        page.goto(path)
        return page

    yield open_with
    for context in contexts:
        context.close()
    assert [each for each in problems if "Failed to load resource" not in each] == []
