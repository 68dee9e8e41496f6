"""Finding Python 3.11, and a clear sentence when there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from assistant.bootstrap import pythons
from assistant.bootstrap.environments import Environment
from assistant.bootstrap.progress import SetupError


def test_this_python_is_usable_and_other_programs_are_not(tmp_path: Path) -> None:
    assert pythons.is_usable(Path(sys.executable))
    assert not pythons.is_usable(Path("/bin/false"))
    assert not pythons.is_usable(tmp_path / "missing")


def test_a_python_without_ensurepip_is_not_usable(tmp_path: Path) -> None:
    shim = tmp_path / "python3"
    shim.write_text("#!/bin/sh\necho 'No module named ensurepip' >&2\nexit 1\n")
    shim.chmod(0o755)
    assert not pythons.is_usable(shim)


def test_where_none_can_be_had_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SetupError("uv, which fetches Python could not be installed.")

    monkeypatch.setattr(pythons, "_candidates", list)
    monkeypatch.setattr(Environment, "make", fail)
    with pytest.raises(SetupError, match=r"apt install python3\.11 python3\.11-venv"):
        pythons.find_python()
