"""No file names a package registry or a path of somebody's machine."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from assistant.settings import ROOT

# Written in two parts, so that this file is not the first offender.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "debian" + ".org",
)
ABSOLUTE_PATHS = re.compile(r"(?<![\w.])/(?:home|root|Users|work|opt" + r")/[\w.-]+")
OUTSIDE_THE_PROJECT = "../" + "shared"
INDEX_OPTIONS = re.compile(r"--(?:extra-)?index" + r"-url|--find" + r"-links")
# The maintainer's command asks uv to write no address, and must name the option to do so.
MAY_NAME_OPTIONS = ("assistant/bootstrap/lock.py",)


def project_files(git: Path) -> list[Path]:
    """Return the files that git knows; what set-up and training made is not the project's."""
    command = [git, "-C", ROOT, "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    return [file for file in files if file.is_file()]


def test_no_file_carries_a_registry_address_or_a_path_of_a_machine(
    need_program: Callable[[str], Path],
) -> None:
    wrong = []
    for file in project_files(need_program("git")):
        content = file.read_bytes()
        if b"\0" not in content:
            wrong += offences(str(file.relative_to(ROOT)), content.decode("utf-8", "replace"))
    assert not wrong, "\n".join(wrong)


def offences(name: str, text: str) -> list[str]:
    found = [part for part in (*REGISTRIES, OUTSIDE_THE_PROJECT) if part in text]
    found += ABSOLUTE_PATHS.findall(text)
    found += [] if name in MAY_NAME_OPTIONS else INDEX_OPTIONS.findall(text)
    return [f"{name} names {part}" for part in found]


def test_offences_are_found() -> None:
    assert offences("a.txt", "see https://" + REGISTRIES[0] + "/simple")
    assert offences("a.txt", "cd /" + "home/somebody")
    assert offences("a.txt", "--index" + "-url x")
    assert not offences("a.txt", "/usr/lib/postgresql and https://school.example/work/")
