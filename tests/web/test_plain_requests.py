"""Plain forms that staff read: a call back, and personal data; danger and the wall come first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from assistant.store.alert_tables import Alert
from assistant.store.tables import CaseFile, CaseSubject
from tests.web.desk_stage import HEAD
from tests.web.form_fields import fields_of

if TYPE_CHECKING:
    import httpx

    from tests.web.desk_stage import Stage

pytestmark = pytest.mark.slow

CALL, DATA = "/call-back", "/data-protection"
SAM = {"name": "Sam Vale", "phone": "07700 900123"}
DANGER = "my son told me his uncle touches him at night"


def send(visitor: httpx.Client, path: str, **typed: str) -> httpx.Response:
    """Open the form and send it."""
    return visitor.post(path, data=fields_of(visitor.get(path).text, path[1:]) | typed)


def passed_on(stage: Stage) -> list[str]:
    """Return the words of every alert."""
    with stage.desk.alerts_unit_of_work(read_only=True) as work:
        return [work.unseal(row, "words") for row in work.session.scalars(select(Alert))]


@pytest.mark.parametrize(("path", "more"), [(CALL, {}), (DATA, {"wish": "complain"})])
def test_danger_goes_to_the_leads_and_to_nobody_else_unasked(
    stage: Stage, path: str, more: dict[str, str]
) -> None:
    words = f"{DANGER} {path}"
    with stage.visitor() as visitor:
        first = send(visitor, path, **SAM, **more, words=words)
        assert "Please read this first" in first.text
        assert "Your reference is" not in first.text
        assert words in first.text.replace("&#39;", "'")
        assert passed_on(stage).count(words) == 1
        shown = fields_of(first.text, path[1:]) | SAM | more | {"words": words}
        again = visitor.post(path, data=shown)
    assert "Your reference is" in again.text
    assert passed_on(stage).count(words) == 1


@pytest.mark.parametrize(("path", "more"), [(CALL, {}), (DATA, {"wish": "complain"})])
def test_who_is_named_in_the_words_is_behind_the_wall(
    stage: Stage, path: str, more: dict[str, str]
) -> None:
    with stage.visitor() as visitor:
        answer = send(visitor, path, **SAM, **more, words="Mrs Ashworth told them my address.")
    found = re.search(r"SG-[0-9A-Z-]+", answer.text)
    assert found
    with stage.desk.unit_of_work(read_only=True) as work:
        same = CaseFile.reference == found[0]
        about = select(CaseSubject.staff_id).join(CaseFile, CaseFile.id == CaseSubject.case_id)
        assert list(work.session.scalars(about.where(same))) == [HEAD]


@pytest.mark.parametrize(
    ("wish", "summary"),
    [("copy", "Data protection request"), ("complain", "Data protection complaint")],
)
def test_personal_data_is_asked_for_without_legal_words(
    stage: Stage, wish: str, summary: str
) -> None:
    typed = {"wish": wish, "name": "Sam Vale", "email": "sam@home.example", "words": "The photo."}
    with stage.visitor() as visitor:
        sent = send(visitor, DATA, **typed)
        link = re.search(r'href="(/r/[^"]+)"', sent.text)
        assert "Ms Nair, data protection officer" in sent.text
        assert link
        assert summary in visitor.get(link[1]).text


def test_what_is_missing_is_said_beside_what_was_typed(stage: Stage) -> None:
    with stage.visitor() as visitor:
        empty = send(visitor, DATA)
        wordless = send(visitor, DATA, **SAM, wish="erase")
        long = send(visitor, DATA, **SAM, wish="copy", words="a" * 20_001)
    assert (empty.status_code, wordless.status_code, long.status_code) == (422, 422, 422)
    assert "Choose what you would like" in empty.text
    assert "Say what it is about" in wordless.text
    assert "Sam Vale" in wordless.text
    assert "Make it shorter" in long.text
