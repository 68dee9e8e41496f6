"""The settings table: defaults, sentences for mistakes, and one line of doc for each."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.settings import Settings, SettingsError, variable


def test_an_empty_environment_gives_the_demonstration_school_on_sqlite() -> None:
    settings = Settings.load({})
    assert settings.school == "primary"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.database_url == f"sqlite:///{settings.data}/cases.db"
    assert settings.now is None


def test_every_setting_is_documented_in_a_sentence() -> None:
    for row in fields(Settings):
        assert row.metadata["doc"].endswith("."), f"{row.name} has no sentence"
        assert len(row.metadata["doc"].split()) > 4, f"{row.name} says too little"


def test_the_databases_follow_the_data_folder(tmp_path: Path) -> None:
    settings = Settings.load({"SCHOOLGATE_DATA": str(tmp_path)})
    assert settings.alerts_database_url == f"sqlite:///{tmp_path}/alerts.db"


def test_a_time_without_an_offset_is_london_time() -> None:
    summer = Settings.load({"SCHOOLGATE_NOW": "2026-07-01T10:15"}).now
    assert summer is not None
    assert summer.astimezone(UTC) == datetime(2026, 7, 1, 9, 15, tzinfo=UTC)


def test_cookies_are_safe_exactly_when_the_public_address_is_https() -> None:
    assert not Settings.load({}).secure_cookies
    assert Settings.load({"SCHOOLGATE_PUBLIC_URL": "https://chat.school.example/"}).secure_cookies


def test_a_child_process_reads_the_same_settings(tmp_path: Path) -> None:
    settings = Settings.load(
        {
            "SCHOOLGATE_DATA": str(tmp_path),
            "SCHOOLGATE_NOW": "2026-11-24T10:15",
            "SCHOOLGATE_EMBED_ORIGINS": "https://a.example, https://b.example",
        }
    )
    assert Settings.load(settings.as_environment()) == settings


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("port", "eighty", "SCHOOLGATE_PORT is 'eighty': it must be a whole number"),
        ("port", "70000", "from 1 to 65535"),
        ("now", "Tuesday", "such as 2026-11-24T10:15"),
        ("public_url", "chat.school.example", "must be a web address"),
        ("log_level", "loud", "one of debug, info, warning, error"),
    ],
)
def test_a_bad_value_is_named_in_a_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError, match=sentence):
        Settings.load({variable(name): value})


def test_a_misspelt_setting_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(SettingsError, match=r"Did you mean SCHOOLGATE_PORT\?"):
        Settings.load({"SCHOOLGATE_PROT": "9"})
