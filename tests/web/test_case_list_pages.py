"""The list of cases in a real web process: filters, search, views, the way on, and the file."""

import csv
import io
import re

import pytest

from assistant.casework.kinds import CaseKind
from assistant.services.shapes import Child
from assistant.web.csv_files import csv_text, inert
from tests.web.desk_stage import HEAD, IDLE, Stage, at

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0=1", "\u200b=1", "\uff1d1",
    "\uff0b1", "\uff0d1", "\uff20x", "\ufeff=1", '"=1', "\n=1", "|calc", "\u3000\uff1d1",
)  # fmt: skip


@pytest.mark.parametrize("words", FORMULAS)
def test_a_cell_never_starts_like_a_formula(words: str) -> None:
    cells = next(csv.reader(io.StringIO(csv_text([(words, "Dana")]).removeprefix("\ufeff"))))
    assert cells[0].startswith("'")
    assert cells[1] == inert("Dana") == "Dana"


def test_filters_stand_in_the_address_and_narrow_the_list(stage: Stage) -> None:
    case = stage.case("filtered", child=Child("Ida", 1, "1H"))
    with stage.signed_in(HEAD) as head:
        shown = head.get("/desk/cases", params={"kind": "complaint", "year": "1"}).text
        assert case.reference in shown
        assert case.reference not in head.get("/desk/cases", params={"kind": "concern"}).text
        assert head.get("/desk/cases?kind=%3Cscript%3E&page=x&due=~&year=999").status_code == 200


def test_search_finds_a_name_and_no_address_holds_it(stage: Stage) -> None:
    case = stage.case("searched", parent="Wilhelmina Foss")
    with stage.signed_in(HEAD) as head:
        found = head.submit("/desk/cases", "/desk/search", words="wilhel")
        assert case.reference in found.text
        assert "wilhel" not in str(found.url)
    with stage.signed_in(IDLE) as other:
        assert "Nothing matches" in other.submit("/desk/cases", "/desk/search", words="foss").text


def test_a_search_without_the_forms_token_is_refused(stage: Stage) -> None:
    with stage.signed_in(HEAD) as head:
        assert head.post("/desk/search", data={"words": "foss"}).status_code == 403


def test_a_view_is_kept_and_removed_by_its_owner_alone(stage: Stage) -> None:
    with stage.signed_in(HEAD) as head, stage.signed_in(IDLE) as other:
        page = "/desk/cases?due=late"
        kept = head.submit(
            page, "/desk/views", name="<b>Late</b> ones", query="due=late&x=<script>"
        )
        assert kept.headers["location"] == "/desk/cases?status=open&due=late"
        shown = head.get(page).text
        assert "&lt;b&gt;Late&lt;/b&gt; ones" in shown
        address = re.search(r'action="(/desk/views/[0-9a-f]{32}/remove)"', shown)
        assert address
        assert "Late&lt;" not in other.get(page).text
        assert other.submit(page, address[1]).status_code == 404
        assert head.submit(page, address[1]).status_code == 303
        assert "Late&lt;" not in head.get(page).text


def test_a_view_without_a_name_says_so(stage: Stage) -> None:
    with stage.signed_in(HEAD) as head:
        answer = head.submit("/desk/cases", "/desk/views", name=" ", query="")
        assert answer.status_code == 400
        assert "Give the view a name" in answer.text


def test_a_case_page_leads_to_the_next_of_the_list(stage: Stage) -> None:
    for number in range(3):
        stage.case(f"beside {number}", CaseKind.SOCIAL_MEDIA, when=at("2026-11-19"))
    with stage.signed_in(HEAD) as head:
        listed = head.get("/desk/cases?kind=social_media").text
        links = re.findall(r'href="(/desk/cases/SG-[^"]+)"', listed)
        page = head.get(links[0].replace("&amp;", "&")).text
        assert f'rel="next" href="{links[1]}"' in page.replace("&#38;", "&amp;")


def test_the_file_has_every_case_and_is_noted(stage: Stage) -> None:
    case = stage.case("exported", parent="=HYPERLINK(1)")
    with stage.signed_in(HEAD) as head:
        answer = head.get("/desk/cases.csv?status=any")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    mine = next(row for row in rows if row[0] == case.reference)
    assert "'=HYPERLINK(1)" in mine
    with stage.desk.unit_of_work(read_only=True) as work:
        events = work.events_of("case_list", HEAD)
    assert events[-1].details["count"] == len(rows) - 1
