"""A model is current only for the very training data that lies here."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.bootstrap import training
from assistant.bootstrap.training import (
    is_current,
    is_refused,
    mark_refused,
    mark_trained,
    training_digest,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("data/nlu", "assistant/brain", "assistant/web"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "domain.yml").write_text("intents: []\n")
    (tmp_path / "data/nlu/meeting.yml").write_text("nlu: []\n")
    return tmp_path


@pytest.mark.parametrize("changed", ["domain.yml", "data/nlu/meeting.yml", "data/nlu/new.yml"])
def test_a_changed_or_added_file_changes_the_digest(project: Path, changed: str) -> None:
    before = training_digest(project)
    (project / changed).write_text("another: sentence\n")
    assert training_digest(project) != before


def test_a_renamed_file_changes_the_digest(project: Path) -> None:
    before = training_digest(project)
    (project / "data/nlu/meeting.yml").rename(project / "data/nlu/booking.yml")
    assert training_digest(project) != before


def test_caches_guides_and_other_code_leave_the_digest_alone(project: Path) -> None:
    before = training_digest(project)
    (project / "assistant/brain/__pycache__").mkdir()
    (project / "assistant/brain/__pycache__/heads.pyc").write_bytes(b"x")
    (project / "assistant/web/pages.py").write_text("")
    (project / "data/README.md").write_text("A guide.")
    assert training_digest(project) == before


def test_a_model_is_current_until_the_data_changes(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = project / "current"
    monkeypatch.setattr(training, "training_digest", lambda: training_digest(project))
    assert not is_current(model)
    model.mkdir()
    assert not is_current(model)
    mark_trained(model, training_digest(project))
    assert is_current(model)
    (project / "domain.yml").write_text("intents: [greet]\n")
    assert not is_current(model)


def test_what_was_refused_is_refused_until_the_data_changes_or_a_model_is_taken(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = project / "current"
    monkeypatch.setattr(training, "training_digest", lambda: training_digest(project))
    assert not is_refused(model)
    mark_refused(model, training_digest(project))
    assert is_refused(model)
    (project / "domain.yml").write_text("intents: [greet]\n")
    assert not is_refused(model)
    mark_refused(model, training_digest(project))
    mark_trained(model, training_digest(project))
    assert not is_refused(model)
