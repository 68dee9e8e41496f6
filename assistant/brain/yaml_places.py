"""YAML read with the line of everything in it, and its mistakes told in a trainer's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A line of one of the trainers' files, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """Say it as an editor's user looks for it."""
        return f"{self.file}, line {self.line}"


NOTHING = "tag:yaml.org,2002:null"


class UnreadableError(ValueError):
    """A file is no YAML; the message says where and what to do."""


@dataclass(frozen=True)
class Part:
    """A piece of a file: a name or text, a list, or pairs; whichever it is, the others are empty.

    What stands elsewhere than expected reads as empty, so that checks need not ask first.
    """

    file: str
    node: Node | None

    @property
    def place(self) -> Place:
        """Where the piece begins; the file's first line when there is none."""
        return Place(self.file, self.node.start_mark.line + 1 if self.node else 1)

    @property
    def text(self) -> str:
        """The name or text, else nothing; an empty value and `null` are nothing too."""
        is_text = isinstance(self.node, ScalarNode) and self.node.tag != NOTHING
        return str(self.node.value) if is_text and self.node else ""

    def __iter__(self) -> Iterator[Part]:
        """Give the entries of a list."""
        if isinstance(self.node, SequenceNode):
            yield from (Part(self.file, each) for each in self.node.value)

    @property
    def pairs(self) -> list[tuple[Part, Part]]:
        """The keys and values."""
        if not isinstance(self.node, MappingNode):
            return []
        return [(Part(self.file, key), Part(self.file, value)) for key, value in self.node.value]

    def __getitem__(self, key: str) -> Part:
        """Give the value under a key; a piece of nothing where there is none."""
        found = (value for name, value in self.pairs if name.text == key)
        return next(found, Part(self.file, None))

    @property
    def names(self) -> list[Part]:
        """The names in a list whose entries are names or begin with one, or the keys of pairs."""
        entries = [each.pairs[0][0] if each.pairs else each for each in self]
        return [each for each in (*entries, *(key for key, _ in self.pairs)) if each.text]


def read_yaml(path: Path, name: str) -> Part:
    """Return the whole file, which is called ``name`` towards people; raises `UnreadableError`."""
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_tabs(text, name)
        whole = Part(name, YAML().compose(text))
    except UnicodeDecodeError as problem:
        message = f"{name} is not saved as UTF-8 text. Save it again with that encoding."
        raise UnreadableError(message) from problem
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise UnreadableError(_unreadable(name, mark.line + 1 if mark else 1)) from problem
    except YAMLError as problem:
        raise UnreadableError(_unreadable(name, 1)) from problem
    _refuse_doubles(whole)
    return whole


def _unreadable(name: str, line: int) -> str:
    return (
        f"{Place(name, line)}: the file cannot be read from here on. Look at this line and the one "
        "above it: usually the spaces at the beginning, a quotation mark or a colon is wrong."
    )


def _refuse_tabs(text: str, name: str) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            message = f"{Place(name, number)}: there is a tab. Begin the line with spaces instead."
            raise UnreadableError(message)


def _refuse_doubles(part: Part) -> None:
    seen: dict[str, Place] = {}
    for key, value in part.pairs:
        if key.text in seen:
            message = (
                f"{key.place}: {key.text!r} stands here a second time (the first is in line "
                f"{seen[key.text].line}). Keep one of them, or put both together."
            )
            raise UnreadableError(message)
        seen[key.text] = key.place
        _refuse_doubles(value)
    for each in part:
        _refuse_doubles(each)
