"""Open pages, each in a browser context of its own; all are closed when the test is over."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.web.browser.driving import sign_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.web.desk_stage import Stage

NEUTRAL = "**/www.bbc.co.uk/weather"


@contextmanager
def contexts(browser: Browser, **usual: Any) -> Iterator[Callable[..., Page]]:
    """Give a function that opens an empty page; its options go before the ``usual`` ones."""
    opened = []

    def open_with(**options: Any) -> Page:
        opened.append(browser.new_context(**{**usual, **options}))
        return opened[-1].new_page()

    yield open_with
    for context in opened:
        context.close()


@contextmanager
def quiet_pages(
    browser: Browser, first: str, is_expected: Callable[[str], bool], **usual: Any
) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a path, or the ``first``; an error in the console is a failure.

    Only what ``is_expected`` may stand there.
    """
    problems: list[str] = []

    def open_at(path: str = first, **options: Any) -> Page:
        page = open_with(**options)
        page.route(NEUTRAL, lambda route: route.fulfill(body="Sunny", content_type="text/html"))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: said.type == "error" and problems.append(said.text))
        page.goto(path)
        return page

    with contexts(browser, **usual) as open_with:
        yield open_at
    assert [each for each in problems if not is_expected(each)] == []


def is_failed_load(said: str) -> bool:
    """Tell whether the console only says that something was not there."""
    return "Failed to load resource" in said


@contextmanager
def staff_pages(browser: Browser, stage: Stage) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page, with the given options, as staff or nobody."""

    def open_as(staff_id: str = "", **options: Any) -> Page:
        page = open_with(**options)
        if staff_id:
            sign_in(page, stage.desk.school.person(staff_id).email)
        return page

    with contexts(browser, base_url=stage.url) as open_with:
        yield open_as
