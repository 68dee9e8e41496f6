"""The one line on pages that do their worst, in Chromium, and what the webmaster's check says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.web.browser.driving import violations
from tests.web.browser.school_site import LINE, school_site
from tests.web.running import free_port, stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.web.running import Running

pytestmark = pytest.mark.slow

WIDE = {"width": 1280, "height": 900}
NAME = "Talk to us in private"
MARK = "/#schoolgate-check"
STRICTEST = (
    "default-src 'none'; style-src 'none'; script-src {url}; frame-src {url}; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
NAMED_LIKE_METHODS = "".join(
    f'<img name="{name}"><form name="{name}" id="{name}"></form>'
    for name in ("body", "createElement", "documentElement", "currentScript", "readyState")
)
MEDDLING = """if (location.hostname === "localhost") {
  for (const each of [Object, Array, Function, Promise, EventTarget, Node, Element, HTMLElement,
    Document, HTMLIFrameElement, MessagePort, String, RegExp]) Object.freeze(each.prototype);
  for (const name of ["fetch", "addEventListener", "postMessage", "XMLHttpRequest", "onmessage"])
    window[name] = () => { throw new Error(`the page's own ${name}`); };
}"""


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def chat(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("hostile")
    with stack(folder, embed_origins=f"http://localhost:{port}") as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=WIDE)
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


def listen(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def launcher(page: Page) -> Locator:
    return page.get_by_role("button", name=NAME)


def rows(page: Page) -> list[str]:
    report = page.get_by_role("complementary", name="Schoolgate check")
    report.get_by_role("button", name="Close the check").wait_for()
    return report.get_by_role("listitem").all_inner_texts()


def book(page: Page) -> None:
    """Book in the frame, whose cookie is refused: by http it cannot be partitioned."""
    launcher(page).click()
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your message").fill("2 days for shoes")
    frame.get_by_role("button", name="Send", exact=True).click()
    frame.get_by_role("button", name="Book a private talk").click()
    expect(frame.locator("#turns").get_by_text("TG-7K2M-9QXR")).to_be_visible()
    assert page.context.cookies() == []
    frame.get_by_label("Your message").press("Escape")
    expect(launcher(page)).to_be_focused()


def test_a_parent_books_on_a_page_with_the_strictest_policy_that_meddles_with_everything(
    page: Page, chat: Running, port: int
) -> None:
    said = listen(page)
    page.add_init_script(MEDDLING)
    with school_site(port, chat.url, head=NAMED_LIKE_METHODS, policy=STRICTEST) as site:
        page.goto(site)
        book(page)
    assert said == []


def test_a_parent_books_on_a_page_whose_style_hides_and_distorts_everything(
    page: Page, chat: Running, port: int
) -> None:
    said = listen(page)
    with school_site(port, chat.url) as site:
        page.goto(site)
        box = launcher(page).bounding_box()
        assert box is not None
        assert (box["x"] + box["width"], box["y"] + box["height"]) == (1260, 880)
        assert box["height"] == pytest.approx(48, abs=2)
        launcher(page).click()
        frame = page.locator("iframe").bounding_box()
        assert frame is not None
        assert (frame["width"], frame["height"]) == (396, 696)
        page.reload()
        book(page)
    assert said == []


def test_the_line_may_choose_side_and_words_within_limits(
    page: Page, chat: Running, port: int
) -> None:
    chosen = LINE.replace("async", 'async data-side="left" data-label="Private chat"')
    with school_site(port, chat.url, line=chosen) as site:
        page.goto(site)
        box = page.get_by_role("button", name="Private chat").bounding_box()
        assert box is not None
        assert box["x"] == 20
    wrong = f'data-side="0;top" data-label="{"x" * 41}"'
    with school_site(port, chat.url, line=LINE.replace("async", wrong)) as site:
        page.goto(site)
        box = launcher(page).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] == 1260


def test_the_check_finds_a_page_in_order_and_says_so_accessibly(
    page: Page, chat: Running, port: int
) -> None:
    said = listen(page)
    with school_site(port, chat.url, head="", policy=STRICTEST) as site:
        page.goto(site + MARK)
        found = rows(page)
        assert not [row for row in found if row.startswith("To mend")]
        assert any("The chat opened in its frame and answered in" in row for row in found)
        assert any("keeps no cookie for the frame" in row for row in found)
        assert violations(page) == []
        page.get_by_role("button", name="Close the check").click()
        expect(page.get_by_text("The script came from")).to_have_count(0)
    assert said == []
    assert page.context.cookies() == []


def test_the_check_says_what_is_to_mend_and_the_parent_still_gets_a_link(
    page: Page, chat: Running
) -> None:
    closed = "default-src 'none'; script-src {url}"
    with school_site(free_port(), chat.url, head="", line=LINE + LINE, policy=closed) as site:
        page.goto(site + MARK)
        mend = [row for row in rows(page) if row.startswith("To mend")]
        for words in ("2 times", "is not named in", "refuses the frame (frame-src)"):
            assert any(words in row for row in mend), words
        help_link = page.get_by_role("link", name="What to do").first
        assert help_link.get_attribute("href") == f"{chat.url}/embed/check#once"
        launcher(page).click()
        expect(page.locator("iframe")).to_be_hidden()
        page.get_by_role("link", name="Open the chat in its own page").click()
        page.wait_for_url(f"{chat.url}/")


def test_a_site_that_is_not_approved_gets_one_button_no_frame_and_the_link(
    page: Page, chat: Running
) -> None:
    with school_site(free_port(), chat.url, line=LINE + LINE) as site:
        page.goto(site)
        launcher(page).click()
        expect(page.get_by_role("link", name="Open the chat in its own page")).to_be_visible(
            timeout=10_000
        )
        expect(page.frame_locator("iframe").get_by_label("Your message")).to_have_count(0)
        assert page.locator("aside").count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_the_webmasters_page_and_the_sample_are_in_order(
    page: Page, chat: Running, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in ("/embed/check", "/sample-school"):
        page.goto(f"{chat.url}{path}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ids = page.goto(f"{chat.url}/embed/check") and page.locator("main [id]").all()
    assert {each.get_attribute("id") for each in ids or ()} >= {"csp", "approved", "answered"}
