"""Read tables of a settings file into frozen dataclasses; a mistake becomes one plain sentence.

``build`` understands what the school file needs and nothing more: text, whole numbers, yes/no,
dates, clock times written ``"08:30"``, the enums of ``kinds``, ``Literal`` words, tuples of these
and nested dataclasses.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar

Shape = TypeVar("Shape")
Hint = Any
"""A type as ``typing.get_type_hints`` returns it; Python has no narrower name for that."""

TABLE_NAME = "table"
"""Metadata key of a dataclass field whose table in the file has another name."""

KIND_WORDS = {str: "words in quotes", int: "a whole number", bool: "true or false", date: "a date"}


class TableError(ValueError):
    """A table of a settings file that cannot be read; its text is a sentence for the editor."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")


def build(shape: type[Shape], table: object, where: str) -> Shape:
    """Return ``shape`` (a dataclass) filled from ``table``; ``where`` names the place in errors.

    Raises ``TableError`` for a key that is unknown, missing, or of the wrong kind.
    """
    if not isinstance(table, Mapping):
        raise TableError(where, f"expected a table of settings, found {table!r}.")
    hints = _hints(shape)  # type: ignore[arg-type] # every class can be a key
    rows: tuple[Field[Any], ...] = fields(shape)  # type: ignore[arg-type] # any dataclass
    names = {row.metadata.get(TABLE_NAME, row.name): row for row in rows}
    _refuse_unknown(table, names, where)
    _refuse_missing(table, names, where)
    values = {
        names[name].name: _value(hints[names[name].name], raw, f"{where}, {name}")
        for name, raw in table.items()
    }
    return shape(**values)


@cache
def _hints(shape: type[object]) -> Mapping[str, Hint]:
    """Return the types of a shape's fields; finding them takes longer than all else here."""
    return typing.get_type_hints(shape)


def _refuse_unknown(table: Mapping[str, object], names: Mapping[str, object], where: str) -> None:
    for word in table:
        if word not in names:
            raise TableError(where, f"“{word}” is not known. Known: {', '.join(sorted(names))}.")


def _refuse_missing(
    table: Mapping[str, object], names: Mapping[str, Field[Any]], where: str
) -> None:
    for name, row in names.items():
        if name not in table and row.default is MISSING:
            raise TableError(where, f"the setting “{name}” is missing.")


def _value(hint: Hint, raw: object, where: str) -> object:
    origin: object = typing.get_origin(hint)
    if origin is tuple:
        return _several(typing.get_args(hint)[0], raw, where)
    if origin is Literal:
        return _one_of(typing.get_args(hint), raw, where)
    if origin is UnionType:  # one that may be left out: what is written is of the other type
        hint = next(each for each in typing.get_args(hint) if each is not NoneType)
    if is_dataclass(hint):
        return build(typing.cast("type[object]", hint), raw, where)
    return _scalar(hint, raw, where)


def _several(hint: Hint, raw: object, where: str) -> tuple[object, ...]:
    if not isinstance(raw, list):
        raise TableError(where, f"expected a list in square brackets, found {raw!r}.")
    return tuple(_value(hint, item, f"{where} row {row}") for row, item in enumerate(raw, start=1))


def _one_of(words: tuple[object, ...], raw: object, where: str) -> object:
    if raw not in words:
        raise TableError(where, f"{raw!r} is not one of {', '.join(map(str, words))}.")
    return raw


def _scalar(hint: Hint, raw: object, where: str) -> object:
    if issubclass(hint, Enum):
        return _member(hint, raw, where)
    if hint is time:
        return _clock_time(raw, where)
    if type(raw) is not hint:  # exact, because True is an int and a date-time is a date
        raise TableError(where, f"expected {KIND_WORDS[hint]}, found {raw!r}.")
    return raw


def _member(kind: type[Enum], raw: object, where: str) -> Enum:
    try:
        return kind(raw)
    except ValueError:
        return typing.cast("Enum", _one_of(tuple(each.value for each in kind), raw, where))


def _clock_time(raw: object, where: str) -> time:
    try:
        return time.fromisoformat(str(raw))
    except ValueError:
        raise TableError(where, f'expected a time such as "08:30", found {raw!r}.') from None
