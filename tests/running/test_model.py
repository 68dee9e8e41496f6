"""A start trains when it must, and a refused training never closes a school's chat."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.bootstrap.progress import SetupError
from assistant.bootstrap.training import mark_refused, mark_trained, training_digest
from assistant.running import model
from assistant.running.model import GOES_ON, train_if_needed
from assistant.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings for a folder of models, where every training that is started fails."""
    monkeypatch.setattr(model, "BRAIN", SimpleNamespace(python="/bin/false"))
    monkeypatch.setattr(model, "HOME", tmp_path / "home")
    return replace(Settings.load({}), model=tmp_path / "current")


def test_a_current_model_is_not_trained_again(settings: Settings) -> None:
    settings.model.touch()
    mark_trained(settings.model, training_digest())
    train_if_needed(settings)


def test_without_any_model_a_failed_training_starts_nothing(settings: Settings) -> None:
    with pytest.raises(SetupError, match="Nothing was started"):
        train_if_needed(settings)


def test_with_a_model_before_a_failed_training_is_said_and_it_goes_on(
    settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.model.touch()
    train_if_needed(settings)
    assert GOES_ON in capfd.readouterr().err


def test_what_was_refused_is_not_trained_at_every_start(
    settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.model.touch()
    mark_refused(settings.model, training_digest())
    train_if_needed(settings)
    said = capfd.readouterr().err
    assert GOES_ON in said
    assert "There is no model for the present training data yet" not in said
