"""``purge`` and ``rotate`` as a person at the terminal meets them."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from assistant.app import build_desk
from assistant.casework.kinds import CaseKind
from assistant.security.keys import KEYS_FILE, Keys
from assistant.services.desk import Desk
from assistant.settings import Settings, variable
from assistant.verbs import purge, rotate
from tests.databases import ON_SQLITE
from tests.desks import close_databases
from tests.services.filings import STATEMENT
from tests.services.test_purge import finished

pytestmark = ON_SQLITE


@pytest.fixture
def folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of a school with a concern whose time is over and a complaint."""
    finished(desk, "concern", CaseKind.CONCERN)
    finished(desk, "complaint")
    later = desk.settings.as_environment() | {variable("now"): "2035-01-10T10:00"}
    for name, value in later.items():
        monkeypatch.setenv(name, value)
    return Path(desk.settings.data)


def test_a_preview_names_references_and_reasons_and_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert purge.main(Namespace(data=None, preview=True)) == 0
        shown = capsys.readouterr().out
        assert "records whose time is over: 1" in shown
        assert "Concern: Finished on 24 November 2026." in shown
        assert "waiting for a person at the desk, under “Removals”: 1" in shown
        assert STATEMENT not in shown
    assert purge.main(Namespace(data=str(folder), preview=False)) == 0
    assert purge.main(Namespace(data=str(folder), preview=True)) == 0
    assert "records whose time is over: 0" in capsys.readouterr().out.partition("Would be")[2]


def test_a_rotation_says_what_it_did_and_what_stays(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Keys.load(folder)
    assert rotate.main(Namespace(data=None)) == 0
    shown = capsys.readouterr().out
    assert "2 keys of records are under the new master key." in shown
    assert "chain the history" in shown
    after = Keys.load(folder)
    assert after.master != before.master
    assert after.history == before.history
    assert after.master.hex() not in shown
    close_databases(build_desk(Settings.load()))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("verb", [purge, rotate])
def test_a_folder_without_a_school_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: object
) -> None:
    empty = tmp_path / "empty"
    assert verb.main(Namespace(data=str(empty), preview=True)) == 2  # type: ignore[attr-defined]
    assert "There is no Schoolgate" in capsys.readouterr().out
    assert not (empty / KEYS_FILE).exists()
