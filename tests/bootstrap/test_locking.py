"""Two set-ups at once: the second waits and says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assistant.bootstrap.locking import alone
from assistant.settings import ROOT

SECOND = """
from pathlib import Path
import sys
from assistant.bootstrap.locking import alone
with alone(Path(sys.argv[1]), "waiting"):
    print("entered")
"""


def test_the_second_waits_for_the_first_and_then_enters(tmp_path: Path) -> None:
    lock = tmp_path / "setup.lock"
    with alone(lock, "waiting"):
        command = [sys.executable, "-c", SECOND, str(lock)]
        pipe = subprocess.PIPE
        second = subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)
        assert second.stderr is not None
        assert second.stderr.readline() == "waiting\n"
        assert second.poll() is None
    output, _ = second.communicate(timeout=20)
    assert output == "entered\n"
