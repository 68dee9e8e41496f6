"""What people see, and what the log keeps, when something goes wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.web.desk_stage import Stage
from tests.web.running import free_port, web_process

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_a_fault_of_ours_says_so_with_the_phone_and_logs_no_words(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stage = Stage.build(tmp_path)
    case = stage.case("spoilt", words="What Dana wrote about her son")
    with web_process(tmp_path, free_port()) as stage.url, stage.visitor() as parent:
        stage.spoil()
        answer = parent.get(f"/r/{case.token}")
    assert answer.status_code == 500
    assert "The fault is ours" in answer.text
    assert stage.desk.school.phone in answer.text
    logged = "".join(capfd.readouterr())
    assert '"event": "page_failed"' in logged
    assert "Dana" not in logged
    assert case.token not in logged


def test_a_database_that_is_too_busy_says_what_is_safe(stage: Stage) -> None:
    case = stage.case("busy")
    database = stage.desk.settings.data / "cases.db"
    with stage.visitor() as parent, closing(sqlite3.connect(database)) as other:
        fields = parent.hidden(f"/r/{case.token}")
        other.execute("BEGIN IMMEDIATE")
        answer = parent.post(f"/r/{case.token}/withdraw", data=fields)
    assert answer.status_code == 503
    assert "What was confirmed to you before is safe" in answer.text
    assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["/nothing", "/r", "/desk/first-login", "/wp-admin.php"])
def test_an_unknown_page_says_what_to_do(stage: Stage, path: str) -> None:
    with stage.visitor() as visitor:
        answer = visitor.get(path)
    assert answer.status_code == 404
    assert "There is nothing to see here" in answer.text
    assert stage.desk.school.phone in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_form_that_is_far_too_large_is_refused_in_words(stage: Stage) -> None:
    with stage.visitor() as visitor:
        answer = visitor.post("/desk/sign-in", data={"email": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "It may be too long" in answer.text
