"""How the desk and the parent's record look: the length of lines, what is pressed, the dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.web.browser.driving import sign_in
from tests.web.desk_stage import DEPUTY, HEAD, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 844}
LINE = 66
"""The most characters that a line of running text holds, on the average of its paragraph."""
LOW = """() => {
  const inText = (each) => each.tagName === "A" && !each.matches(".work__link")
    && each.closest("p, li, td, dd, div, span").textContent.trim() !== each.textContent.trim();
  const reached = (each) => {
    each.scrollIntoView({block: "center"});
    const box = each.getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2;
    return box.height >= 44 || [middle - 21, middle + 21].every((y) =>
      each.contains(document.elementFromPoint(box.left + Math.min(10, box.width / 2), y)));
  };
  const shown = "a, button:not([aria-hidden]), summary, select, textarea, input";
  return [...document.querySelectorAll(shown)]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().width > 1)
    .filter((each) => each.type !== "hidden" && !inText(each) && !reached(each))
    .map((each) => each.outerHTML.slice(0, 100));
}"""
LONG = """(most) => {
  const lengths = (block) => {
    const lines = new Map(), texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const {0: word, index} of texts.currentNode.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        const line = Math.round(range.getBoundingClientRect().top / 10);
        lines.set(line, (lines.get(line) ?? -1) + word.length + 1);
      }
    }
    return [...lines.values()].slice(0, -1);
  };
  const mean = (all) => all.reduce((sum, each) => sum + each, 0) / (all.length || 1);
  return [...document.querySelectorAll("main p, main .words")]
    .filter((each) => each.checkVisibility() && mean(lengths(each)) > most)
    .map((each) => each.textContent.trim().slice(0, 60));
}"""


@pytest.fixture(scope="module")
def paths(stage: Stage) -> list[str]:
    """Return a page of every kind that the desk and a parent's record have."""
    case = stage.busy_week()
    talk = stage.meeting("that is looked at", host=DEPUTY)
    desk = ("", "/cases?status=any", "/cases?kind=feedback&year=6", "/meetings", "/availability")
    more = ("/calendar", "/take-down", "/security", "/keys", "/alerts", "/removals", "/chats")
    of_case = ("", "/steps", "/message", "/linked", "/panel", "/policy", "/restrict")
    return [
        *(f"/desk{path}" for path in desk + more),
        *(f"/desk/cases/{case.reference}{path}" for path in of_case),
        f"/desk/access/case/{case.reference}",
        f"/desk/alerts/{stage.alert('looked at')}",
        f"/r/{case.token}",
        f"/r/{talk.token}",
    ]


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, browser: Browser, stage: Stage) -> Iterator[Page]:
    context = browser.new_context(base_url=stage.url, bypass_csp=True, viewport=request.param)
    page = context.new_page()
    sign_in(page, stage.desk.school.person(HEAD).email)
    yield page
    context.close()


def test_everything_to_press_is_at_least_44_pixels_high(page: Page, paths: list[str]) -> None:
    for path in paths:
        page.goto(path)
        assert page.evaluate(LOW) == [], path


def test_no_paragraph_has_lines_that_are_too_long_to_read(page: Page, paths: list[str]) -> None:
    for path in paths:
        page.goto(path)
        assert page.evaluate(LONG, LINE) == [], path


def test_the_words_beside_the_fields_can_be_read_in_the_dark(page: Page) -> None:
    # axe passes over them: they are hidden from a screen reader, which hears the unit in the hint.
    page.emulate_media(color_scheme="dark")
    page.goto("/desk/availability")
    word, paper = page.locator(".govuk-input__suffix").first.evaluate(
        "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]"
    )
    assert brightness(word) > brightness(paper) + 120


def brightness(colour: str) -> float:
    """Return the mean of red, green and blue, each 0 to 255, of a colour like `rgb(1, 2, 3)`."""
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) / 3
