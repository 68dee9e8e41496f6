"""Files that measuring verbs are given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation.lines import BadLinesError, read_rows, write_json


def test_rows_are_read_in_order_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": 1, "text": "a\u2028b"}\n\n{"id": 2, "text": "c"}\n', encoding="utf-8")
    assert [row["id"] for row in read_rows(file, ("id", "text"))] == [1, 2]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"id": 1}\n{"id": 2, "text": "x"}', "line 1: it lacks text"),
        ('{"id": 1, "text": "x"}\n{oh', "line 2: this is not JSON"),
        ("[1]", "line 1: it lacks id, text"),
        ("\n", "nothing to measure"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadLinesError, match=problem):
        read_rows(file, ("id", "text"))


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadLinesError, match=r"gone\.jsonl cannot be read"):
        read_rows(tmp_path / "gone.jsonl", ())


def test_a_report_is_written_where_no_folder_was(tmp_path: Path) -> None:
    write_json(tmp_path / "new" / "report.json", {"total": 1, "rows": ["żó"]})
    text = (tmp_path / "new" / "report.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"total": 1, "rows": ["żó"]}
    assert "żó" in text
