"""The verb `times` on a file of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from assistant.settings import ROOT

NOW = "2026-11-24T10:15:00+00:00"
FRIDAY = {"from": "2026-11-27T14:00:00+00:00", "to": "2026-11-27T14:30:00+00:00"}


def test_it_prints_how_many_are_right_and_writes_the_report(tmp_path: Path) -> None:
    file, report = tmp_path / "times.jsonl", tmp_path / "report.json"
    rows = [
        {"id": "a", "now": NOW, "phrase": "friday at 2", "expect": FRIDAY},
        {"id": "b", "now": NOW, "phrase": "friday at 3", "expect": FRIDAY},
    ]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    code = "import argparse, sys; from assistant.verbs import times; p = argparse.ArgumentParser();"
    code += "times.add_arguments(p); sys.exit(times.main(p.parse_args()))"
    command = [sys.executable, "-c", code, str(file), "--json", str(report)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Windows right: 1 (50 %) of 2" in done.stdout
    assert "friday at 3" in done.stdout
    written = json.loads(report.read_text(encoding="utf-8"))
    assert [row["right"] for row in written["rows"]] == [True, False]
    assert written["rows"][0]["windows"] == [FRIDAY]
