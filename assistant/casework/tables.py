"""Read tables of a settings file into frozen dataclasses; a mistake becomes one plain sentence.

``build`` understands what the school file needs and nothing more: text, whole numbers, yes/no,
dates, clock times written ``"08:30"``, the enums of ``kinds``, ``Literal`` words, tuples of these,
text-to-text maps and nested dataclasses.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from enum import Enum
from typing import Any, Literal, TypeVar

Shape = TypeVar("Shape")

TABLE_NAME = "table"
"""Metadata key of a dataclass field whose table in the file has another name."""


class TableError(ValueError):
    """A table of a settings file that cannot be read; its text is a sentence for the editor."""


def build(shape: type[Shape], table: object, where: str) -> Shape:
    """Return ``shape`` filled from ``table``; ``where`` names the place in every error.

    Raises ``TableError`` for a key that is unknown, missing, or of the wrong kind.
    """
    if not isinstance(table, Mapping):
        raise TableError(f"{where}: expected a table of settings, found {table!r}.")
    hints = typing.get_type_hints(shape)
    names = {field.metadata.get(TABLE_NAME, field.name): field for field in fields(shape)}  # type: ignore[arg-type]
    _refuse_unknown(set(table) - set(names), set(names), where)
    values = {
        field.name: _value(hints[field.name], table[name], f"{where}, {name}")
        for name, field in names.items()
        if name in table
    }
    for name, field in names.items():
        if name not in table and field.default is MISSING and field.default_factory is MISSING:
            raise TableError(f"{where}: the setting “{name}” is missing.")
    return shape(**values)


def _refuse_unknown(unknown: set[str], known: set[str], where: str) -> None:
    if unknown:
        word = sorted(unknown)[0]
        raise TableError(f"{where}: “{word}” is not known. Known: {', '.join(sorted(known))}.")


def _value(hint: Any, raw: object, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _several(typing.get_args(hint)[0], raw, where)
    if origin is Literal:
        return _one_of(typing.get_args(hint), raw, where)
    if origin is not None and issubclass(origin, Mapping):
        return _words(raw, where)
    if is_dataclass(hint):
        return build(typing.cast(type, hint), raw, where)
    return _scalar(hint, raw, where)


def _several(hint: Any, raw: object, where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise TableError(f"{where}: expected a list in square brackets, found {raw!r}.")
    return tuple(_value(hint, item, f"{where} row {row}") for row, item in enumerate(raw, start=1))


def _one_of(words: tuple[str, ...], raw: object, where: str) -> str:
    if raw not in words:
        raise TableError(f"{where}: {raw!r} is not one of {', '.join(words)}.")
    return typing.cast(str, raw)


def _words(raw: object, where: str) -> Mapping[str, str]:
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise TableError(f"{where}: expected a table of words.")
    return types.MappingProxyType(dict(raw))


def _scalar(hint: Any, raw: object, where: str) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _member(hint, raw, where)
    if hint is time:
        return _clock_time(raw, where)
    if type(raw) is not hint:  # exact, because True is an int and a date-time is a date
        raise TableError(f"{where}: expected {_KIND_WORDS[hint]}, found {raw!r}.")
    return raw


_KIND_WORDS = {str: "words in quotes", int: "a whole number", bool: "true or false", date: "a date"}


def _member(kind: type[Enum], raw: object, where: str) -> Enum:
    try:
        return kind(raw)
    except ValueError:
        known = ", ".join(str(member.value) for member in kind)
        raise TableError(f"{where}: {raw!r} is not one of {known}.") from None


def _clock_time(raw: object, where: str) -> time:
    try:
        return time.fromisoformat(str(raw))
    except ValueError:
        raise TableError(f"{where}: expected a time such as \"08:30\", found {raw!r}.") from None
