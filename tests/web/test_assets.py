"""Only what is on the allow-list is served, under addresses that change with the content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.casework.school import load_school
from assistant.web.assets import Assets, AssetsMissingError, school_icon
from tests.web.desk_stage import Stage

pytestmark = pytest.mark.slow


def test_every_file_that_a_page_links_to_is_there_and_kept_for_a_year(stage: Stage) -> None:
    with stage.visitor() as visitor:
        links = re.findall(r'(?:href|src)="(/assets/[^"]+)"', visitor.get("/desk/sign-in").text)
        assert len(links) >= 4
        for link in links:
            answer = visitor.get(link)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_governments_typeface_is_never_asked_for(stage: Stage) -> None:
    with stage.visitor() as visitor:
        css = visitor.get("/assets/x/govuk.css").text
    assert "@font-face" not in css
    assert ".govuk-button" in css


def test_an_address_of_another_version_still_works_but_is_not_kept(stage: Stage) -> None:
    with stage.visitor() as visitor:
        answer = visitor.get("/assets/0000000000000000/style.css")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_a_browser_that_cannot_unpack_gets_the_file_as_it_is(stage: Stage) -> None:
    with stage.visitor() as visitor:
        plain = visitor.get("/assets/x/govuk.css", headers={"accept-encoding": "identity"})
        packed = visitor.get("/assets/x/govuk.css", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.content == packed.content


@pytest.mark.parametrize(
    "name",
    ["../pages.py", "..%2f..%2fpages.py", "package.json", "axe.min.js", "%00", "style.css%00"],
)
def test_nothing_else_of_the_machine_is_served(stage: Stage, name: str) -> None:
    with stage.visitor() as visitor:
        assert visitor.get(f"/assets/x/{name}").status_code == 404


def test_without_the_front_end_packages_the_start_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissingError, match="python3 -m assistant setup"):
        Assets(tmp_path, load_school("primary"))


def test_the_icon_of_a_school_is_its_initial() -> None:
    assert ">Q</text>" in school_icon("#123456", "7 Quarry Road")


def test_the_lock_file_records_no_address() -> None:
    front = Path(__file__).parents[2] / "assistant" / "web" / "front"
    assert "://" not in (front / "package-lock.json").read_text()
