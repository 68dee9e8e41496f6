"""A person's data over HTTP: from the request to the file, and every slip on the way."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from assistant.casework.kinds import CaseKind
from assistant.services.grant_access import grant_access
from assistant.services.view_case import view_case
from assistant.services.withdraw_case import withdraw_case
from tests.web.desk_stage import CLERK, HEAD, SENCO, Stage, Visitor, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.services.shapes import CaseReceipt

pytestmark = pytest.mark.slow

DPO = "ms-nair"
HOSTILE = "<img src=x onerror=alert(1)> Tyler Marsh hit Finn. {{ 7 * 7 }}"
WHOSE = {
    "name": "Dana Whitlock",
    "other_names": "",
    "email": "dana@home.example",
    "phone": "",
    "children": "Finn\n\n",
    "identity": "The office, by passport",
    "why": "She asked.",
}
PASSAGE = re.compile(r'<article class="their-data__passage" id="([^"]+)"')
HOLD = re.compile(r'name="passage" value="([^"]+)"')
DIGEST = re.compile(r'name="digest" value="([0-9a-f]{64})"')


@pytest.fixture(scope="module")
def asked(stage: Stage) -> CaseReceipt:
    """Give a request that the head may read, too."""
    made = stage.case("asked", CaseKind.DATA_PROTECTION, words="Send me everything.")
    grant_access(
        stage.on(at("2026-11-24")),
        staff_id=DPO,
        reference=made.reference,
        to=HEAD,
        why="Holds records.",
        idempotency_key="head",
    )
    return made


@pytest.fixture(scope="module")
def head(stage: Stage) -> Iterator[Visitor]:
    """Give the head, signed in once."""
    with stage.signed_in(HEAD) as visitor:
        yield visitor


def read(content: bytes) -> Mapping[str, str]:
    """Return the files of the ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def page_of(files: Mapping[str, str]) -> str:
    return files["read-me-first.html"]


def test_from_the_request_to_a_file_that_names_nobody_else(
    stage: Stage, head: Visitor, asked: CaseReceipt
) -> None:
    case = stage.case("hostile", words=HOSTILE)
    page = f"/desk/cases/{asked.reference}/their-data"
    assert page in head.get(f"/desk/cases/{asked.reference}").text
    begun = head.submit(page, page, **WHOSE)
    assert begun.headers["location"] == f"{page}/records"
    assert case.reference in head.get(f"{page}/records").text
    chosen = head.submit(f"{page}/records", f"{page}/records", record=case.reference)
    draft = head.get(chosen.headers["location"]).text
    assert "Tyler Marsh<span" in draft
    assert "<img src=x" not in draft
    ruling = {"passage": f"{case.reference}-statement", "act": "words", "hide": "7 * 7"}
    head.submit(f"{page}/draft", f"{page}/draft", **ruling, why="No sum.", everywhere="yes")
    digest = DIGEST.search(head.get(f"{page}/draft").text)
    assert digest
    file = head.submit(f"{page}/draft", f"{page}/copy", digest=digest[1], read="yes")
    assert digest[1][:16] in head.get(page).text
    assert file.headers["content-type"] == "application/zip"
    assert file.headers["cache-control"] == "no-store"
    assert f'filename="personal-data-{asked.reference}.zip"' in file.headers["content-disposition"]
    files = read(file.content)
    assert set(files) == {"read-me-first.html", "data.json"}
    said = json.loads(files["data.json"])["records"][0]["words"]
    assert said[-1]["words"].endswith("(1)> [a name] hit Finn. {{ [hidden] }}")
    assert "(1)&gt; [a name] hit Finn. {{ [hidden] }}" in files["read-me-first.html"]
    assert "<img" not in files["read-me-first.html"]
    assert "Marsh" not in "".join(files.values())
    assert "<script" not in files["read-me-first.html"]
    for kept in json.loads(files["data.json"])["kept_for"]:
        assert f"<dt>{escape(kept['what'])}</dt><dd>{escape(kept['keep'])}</dd>" in page_of(files)


def test_every_passage_can_be_held_back_and_a_record_without_any_left_is_left_out(
    stage: Stage, head: Visitor, asked: CaseReceipt
) -> None:
    case = stage.case("held back")
    withdraw_case(stage.desk, case_id=case.id, idempotency_key="w")
    page = f"/desk/cases/{asked.reference}/their-data"
    head.submit(page, page, **WHOSE)
    head.submit(f"{page}/records", f"{page}/records", record=case.reference)
    draft = head.get(f"{page}/draft").text
    passages = PASSAGE.findall(draft)
    assert len(passages) >= 4
    assert HOLD.findall(draft) == passages
    for passage in passages:
        ruling = {"passage": passage, "act": "withhold", "why": "It could harm somebody."}
        assert head.submit(f"{page}/draft", f"{page}/draft", **ruling).status_code == 303
    assert "The copy does not say that this record exists" in head.get(f"{page}/draft").text


def test_a_copy_is_not_made_unread_or_from_another_draft(head: Visitor, asked: CaseReceipt) -> None:
    page = f"/desk/cases/{asked.reference}/their-data"
    head.submit(page, page, **WHOSE)
    head.submit(f"{page}/records", f"{page}/records", record=asked.reference)
    unread = head.submit(f"{page}/draft", f"{page}/copy", digest="0" * 64)
    assert unread.status_code == 400
    assert "Tick that you have read all of it" in unread.text
    assert re.search(r'id="read"[^>]* aria-describedby="read-error"', unread.text)
    other = head.submit(f"{page}/draft", f"{page}/copy", digest="0" * 64, read="yes")
    assert other.status_code == 400
    assert "have changed since you looked" in other.text


WRONG = {
    "nothing": {},
    "no reason": {"act": "words", "hide": "rain", "why": "\x00 "},
    "too long a reason": {"act": "words", "hide": "rain", "why": "x" * 30_000},
    "no words": {"act": "words", "hide": "\x00", "why": "Because."},
    "an unknown button": {"act": "burn", "hide": "rain", "why": "Because."},
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_ruling_that_cannot_be_taken_says_what_to_mend(
    head: Visitor, asked: CaseReceipt, wrong: dict[str, str]
) -> None:
    page = f"/desk/cases/{asked.reference}/their-data"
    head.submit(page, page, **WHOSE)
    head.submit(f"{page}/records", f"{page}/records", record=asked.reference)
    passage = f"{asked.reference}-statement"
    answer = head.submit(f"{page}/draft", f"{page}/draft", passage=passage, **wrong)
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.text
    assert f'href="#why-{passage}"' in answer.text


def test_whose_data_it_is_has_to_be_said_in_full(head: Visitor, asked: CaseReceipt) -> None:
    page = f"/desk/cases/{asked.reference}/their-data"
    long = {"name": "x" * 201, "children": "\n".join("abcdefghijklmn"), "identity": "", "why": ""}
    empty = head.submit(page, page)
    assert empty.status_code == 400
    for said in ("Give the person’s name", "Say who checked", "Write a few words first."):
        assert said in empty.text
    answer = head.submit(page, page, **long)
    assert answer.status_code == 400
    assert "Give at most 12 children" in answer.text
    assert "at most 200 characters" in answer.text


def test_it_is_not_there_for_others_for_other_cases_and_before_it_was_begun(
    stage: Stage, head: Visitor, asked: CaseReceipt
) -> None:
    complaint = stage.case("a complaint")
    page = f"/desk/cases/{asked.reference}/their-data"
    with stage.signed_in(SENCO) as senco, stage.signed_in(CLERK) as clerk:
        assert senco.get(page).status_code == 404
        assert clerk.get(page).text == clerk.get("/desk/cases/SG-000-000-000/their-data").text
    view_case(stage.desk, HEAD, complaint.reference)
    fresh = stage.case("not begun", CaseKind.DATA_PROTECTION)
    grant_access(
        stage.desk, staff_id=DPO, reference=fresh.reference, to=HEAD, why="Holds records.",
        idempotency_key="fresh",
    )  # fmt: skip
    assert head.get(f"/desk/cases/{complaint.reference}/their-data").status_code == 404
    assert head.get(f"/desk/cases/{fresh.reference}/their-data").status_code == 200
    for part in ("records", "draft"):
        at_once = head.get(f"/desk/cases/{fresh.reference}/their-data/{part}")
        assert at_once.status_code == 404
