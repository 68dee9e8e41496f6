"""What the tests of the chat in a browser share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web.browser.opening import is_failed_load, quiet_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.web.running import Running


@pytest.fixture
def open_chat(browser: Browser, served: Running) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the chat; a console error or a refused resource is a failure."""
    with quiet_pages(browser, "/", is_failed_load, base_url=served.url) as open_at:
        yield open_at
