"""Rewrites the hash-pinned requirement files from their `.in` sources.

Run by a maintainer, not by the set-up: `python3 -m assistant.bootstrap.lock` with `uv` on PATH.
Releases already pinned in a lock file are kept unless their source changed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "requirements"
# Rasa's metadata refuses 3.11 although it runs there, so its hashes are asked for as on 3.10.
REFUSES_3_11 = "rasa=="
# These files list every package themselves; the others are resolved.
COMPLETE = ("brain", "brain-test", "brain-build", "uv")


def compile_file(source: Path, target: Path, *options: str) -> None:
    """Let uv write `target` from `source` with hashes and without any address."""
    command = ["uv", "pip", "compile", "--quiet", "--generate-hashes", "--allow-unsafe"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    subprocess.run([*command, *options, str(source), "--output-file", str(target)], check=True)


def lock_complete(name: str) -> None:
    """Lock a file that names every package, Rasa apart because of what it says of 3.11."""
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    parts = {
        "3.11": [line for line in lines if not line.startswith(REFUSES_3_11)],
        "3.10": [line for line in lines if line.startswith(REFUSES_3_11)],
    }
    locked = ""
    for version, part in parts.items():
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "part.in"), Path(folder, "part.txt")
            source.write_text("\n".join(part))
            compile_file(source, target, "--no-deps", "--python-version", version)
            locked += target.read_text()
    (REQUIREMENTS / f"{name}.txt").write_text(locked)


def lock_resolved(name: str, *options: str) -> None:
    """Lock a file whose dependencies uv resolves for CPython 3.11."""
    target = REQUIREMENTS / f"{name}.txt"
    compile_file(REQUIREMENTS / f"{name}.in", target, "--python-version", "3.11", *options)


def main() -> int:
    """Lock every file; the tests' packages agree with the application's."""
    lock_resolved("app")
    lock_resolved("node")
    lock_resolved("finetune")
    lock_resolved("app-test", "--constraint", str(REQUIREMENTS / "app.txt"))
    for name in COMPLETE:
        lock_complete(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
