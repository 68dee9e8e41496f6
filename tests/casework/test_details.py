"""What a parent types about people and needs, read back as a table."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.casework.details import Details, normalise_phone, read_details

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "details.jsonl")
    .read_text("utf-8")
    .splitlines()
]
EXPECTATIONS = (None, "child", "when", "contact", "statement", "outcome", "confirm", "reference")


def said(details: Details) -> dict[str, Any]:
    """Show the fields that hold something, in the form of the table."""
    shown: dict[str, Any] = {}
    for field in dataclasses.fields(details):
        value = getattr(details, field.name)
        if value == field.default or (field.name == "children" and len(value) == 1):
            continue
        shown[field.name] = _plain(value)
    return shown


def _plain(value: Any) -> Any:
    if hasattr(value, "field"):
        return f"{value.field}:{value.value}"
    if isinstance(value, tuple):
        return list(value)
    return value.name.lower() if hasattr(value, "label") else value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_everything_said_is_read_and_nothing_else_is_invented(row: dict[str, Any]) -> None:
    assert said(read_details(row["text"], expects=row["expects"])) == row["want"]


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(ROWS) >= 150


def test_a_bare_name_belongs_to_whoever_was_asked_for() -> None:
    assert read_details("Haile Tesfay", expects="contact").parent_name == "Haile Tesfay"
    assert read_details("Haile Tesfay", expects="child").child_name == "Haile Tesfay"
    assert said(read_details("Haile Tesfay")) == {}


def test_a_name_found_by_somebody_else_is_believed_even_if_it_is_a_word() -> None:
    assert read_details("summer", expects="child", people=["summer"]).child_name == "Summer"


def test_all_names_of_staff_are_kept_because_the_wall_needs_them() -> None:
    named = read_details("Mr Ferris shouted and Miss Lacey laughed").staff_named
    assert named == ("Mr Ferris", "Miss Lacey")


@given(st.text(max_size=400), st.sampled_from(EXPECTATIONS))
def test_no_text_makes_the_reader_fail(text: str, expects: str | None) -> None:
    assert isinstance(read_details(text, expects=expects), Details)


@given(st.text(alphabet="0123456789+() .-oO7", max_size=25))
def test_a_normalised_phone_stays_as_it_is(text: str) -> None:
    phone = normalise_phone(text)
    assert phone is None or normalise_phone(phone) == phone


@given(st.integers(0, 999_999_999), st.sampled_from(["", "+44 ", "0044", "44", "+44 (0)"]))
def test_a_mobile_is_the_same_number_however_it_is_written(number: int, code: str) -> None:
    national = f"7{number:09d}"
    written = f"{code or '0'}{national[:4]} {national[4:7]}-{national[7:]}"
    assert normalise_phone(written) == f"0{national}"


@pytest.mark.parametrize(
    "piece", ["a ", "O'", "1", "not ", "my son ", "im A", "@a.", "0 ", "😭", "Mr A "]
)
def test_a_very_long_message_is_read_in_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    began = perf_counter()
    read_details(text, expects="contact")
    assert perf_counter() - began < 5
