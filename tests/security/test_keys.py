"""The key file: made once, private, never guessed anew."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.security.key_ring import KeyRing
from assistant.security.keys import KEYS_FILE, Keys
from assistant.security.sealing import KeyGoneError
from assistant.settings import ROOT

PRINT_KEYS = """
import sys
from assistant.security.keys import Keys
print(Keys.load_or_create(sys.argv[1]).to_json())
"""


def test_keys_are_made_once_and_then_stay(tmp_path: Path) -> None:
    assert Keys.load_or_create(tmp_path / "data") == Keys.load_or_create(tmp_path / "data")


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    Keys.load_or_create(tmp_path)
    assert stat.S_IMODE((tmp_path / KEYS_FILE).stat().st_mode) == 0o600


def test_every_key_is_another_one() -> None:
    values = list(json.loads(Keys.generate().to_json()).values())
    assert len(set(values)) == len(values) == 6


def test_six_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRINT_KEYS, str(tmp_path / "data")]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ)
        for _ in range(6)
    ]
    printed = {process.communicate(timeout=30)[0] for process in started}
    assert len(printed) == 1
    assert [file.name for file in (tmp_path / "data").iterdir()] == [KEYS_FILE]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"master": "00"}'])
def test_a_damaged_file_stops_the_start_instead_of_losing_every_row(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / KEYS_FILE).write_text(text)
    with pytest.raises(ValueError, match="restore it from the backup"):
        Keys.load_or_create(tmp_path)


def test_a_key_never_shows_in_a_message() -> None:
    keys = Keys.generate()
    assert keys.brain_key not in repr(keys)
    assert keys.master.hex() not in repr(keys)


def test_a_next_master_key_keeps_the_one_before_until_it_is_dropped(tmp_path: Path) -> None:
    first = Keys.load_or_create(tmp_path)
    second = first.with_next_master()
    second.save(tmp_path)
    assert Keys.load(tmp_path) == second
    assert second.older == (first.master,)
    assert second.with_next_master() == second
    second.without_older().save(tmp_path)
    assert Keys.load(tmp_path).older == ()
    assert stat.S_IMODE((tmp_path / KEYS_FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [KEYS_FILE]


def test_a_key_file_that_went_missing_is_not_made_anew_by_who_looks_again(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path, Keys.load_or_create(tmp_path))
    (tmp_path / KEYS_FILE).unlink()
    with pytest.raises(KeyGoneError):
        ring.master("ab" * 16)
    assert list(tmp_path.iterdir()) == []
