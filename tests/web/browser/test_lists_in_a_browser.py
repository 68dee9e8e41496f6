"""Lists and figures in Chromium: filters, views, keys, search, many at once, with and without."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from assistant.casework.kinds import CaseKind
from assistant.services.grant_access import grant_access
from assistant.services.settle_terms import settle_terms
from assistant.services.shapes import Child
from tests.web.browser.driving import assert_sound, tab_to
from tests.web.browser.opening import staff_pages
from tests.web.desk_stage import CLERK, HEAD, Stage, at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

DPO = "ms-nair"
WIDTHS = (390, 1280)
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])


@pytest.fixture(scope="module")
def filled(stage: Stage) -> Stage:
    """Give a school with complaints, posts and a request, whose autumn is settled."""
    for number in range(8):
        child = Child(f"Ida{number}", number % 2 + 1, "")
        stage.case(f"complaint {number}", parent=f"Foss{number} Berg", child=child)
    for number in range(6):
        stage.case(f"post {number}", CaseKind.SOCIAL_MEDIA)
    asked = stage.case("asked", CaseKind.DATA_PROTECTION, parent="Foss0 Berg")
    grant_access(
        stage.desk, staff_id=DPO, reference=asked.reference, to=HEAD, why="Holds records.",
        idempotency_key="head",
    )  # fmt: skip
    settle_terms(stage.on(at("2027-02-01")))
    stage.on(at("2026-11-24"))
    return stage


@pytest.fixture
def open_page(browser: Browser, filled: Stage) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page as staff, with the given context options."""
    with staff_pages(browser, filled) as open_as:
        yield open_as


@SCRIPTS
def test_a_list_is_filtered_kept_as_a_view_and_searched(
    open_page: Callable[..., Page], *, scripts: bool
) -> None:
    page = open_page(HEAD, java_script_enabled=scripts)
    page.goto("/desk/cases")
    page.get_by_text("Filter and saved views").click()
    page.get_by_label("Year").select_option(label="Year 1")
    page.get_by_role("button", name="Filter the list").click()
    expect(page.locator(".work__row")).to_have_count(4)
    name = f"Year 1, {scripts}"
    page.get_by_label("Save this view as").fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/desk/cases")
    page.get_by_text("Filter and saved views").click()
    page.get_by_role("link", name=name).click()
    expect(page.locator(".work__row")).to_have_count(4)
    page.get_by_role("button", name=f"Remove {name}").click()
    expect(page.get_by_role("link", name=name)).to_have_count(0)
    page.locator("#words").fill("foss3")
    page.locator("#words").press("Enter")
    expect(page.get_by_role("heading", name="1 case")).to_be_visible()
    assert "foss" not in page.url


def test_keys_walk_the_list_open_a_case_and_find_the_search(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(HEAD)
    page.goto("/desk/cases")
    links = page.locator(".work__link")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Next case")).to_be_visible()
    before = page.url
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Case before")).to_be_visible()
    assert page.url != before
    page.goto("/desk/cases")
    page.keyboard.press("/")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type("jk/")
    expect(page.locator("#words")).to_have_value("jk/")


def test_many_cases_are_handed_over_at_once_without_a_script(
    open_page: Callable[..., Page], filled: Stage
) -> None:
    gone = [filled.case(f"gone {number}", CaseKind.SOCIAL_MEDIA) for number in range(2)]
    page = open_page(HEAD, java_script_enabled=False)
    page.goto("/desk/access/many")
    for case in gone:
        page.get_by_label(case.reference).check()
    page.get_by_label("Who takes them").select_option(label="Mr Mensah, deputy headteacher")
    tab_to(page, page.get_by_label("Why"))
    page.keyboard.type("I am away.")
    page.get_by_role("button", name="Hand the cases over").click()
    for case in gone:
        expect(page.get_by_text(case.reference).first).to_be_visible()
    page.goto("/desk/cases?kind=social_media")
    for case in gone:
        expect(page.get_by_text(case.reference)).to_have_count(0)


def test_figures_are_tables_pictures_paper_and_a_file(open_page: Callable[..., Page]) -> None:
    page = open_page(CLERK, bypass_csp=True, color_scheme="dark")
    page.goto("/desk/figures")
    topics = page.get_by_role("region", name="Topics by term")
    expect(topics.get_by_role("row", name="Not sorted yet")).to_contain_text("8")
    expect(topics.get_by_role("row", name="Personal data")).to_contain_text("held back")
    assert_sound(page, "figures")
    with page.expect_download() as file:
        page.get_by_role("link", name="Download the tables").click()
    text = file.value.path().read_text(encoding="utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if row]
    assert ["Personal data", "held back", "held back"] in rows
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for picture in page.locator(".figures__chart").all():
            assert picture.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Download the tables")).to_be_hidden()
    expect(topics).to_be_visible()


def test_a_persons_data_is_copied_and_every_page_on_the_way_passes(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(HEAD, bypass_csp=True)

    def looks_well() -> None:
        heading = page.get_by_role("heading", level=1).inner_text()
        assert_sound(page, f"a person's data: {heading}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto("/desk/cases?kind=data_protection")
    page.locator(".work__link").first.click()
    page.get_by_role("link", name="Make a copy of what is held about them").click()
    looks_well()
    page.get_by_label("Their name").fill("Foss0 Berg")
    page.get_by_label("Who checked").fill("The office, by passport")
    page.get_by_label("Why the copy is made").fill("They asked.")
    page.get_by_role("button", name="Look for their records").click()
    looks_well()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Go on to the draft").click()
    expect(page.locator("mark.masked").first).to_be_visible()
    page.get_by_text("Change what is hidden").first.click()
    page.get_by_role("button", name="Change the words").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what to show")
    looks_well()
    page.get_by_label("I have read all of it").check()
    with page.expect_download() as file:
        page.get_by_role("button", name="Make the copy").click()
    assert file.value.suggested_filename.startswith("personal-data-SG-")
