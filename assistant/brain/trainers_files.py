"""What the trainers' YAML files say, each thing with the line on which it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.brain.yaml_places import Part, Place, UnreadableError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Names = dict[str, Place]
DECLARED = ("intents", "actions", "responses", "slots", "forms", "entities")
SUFFIXES = {".yml", ".yaml"}


@dataclass(frozen=True)
class Mention:
    """A name that a rule or story uses: its kind is one of `DECLARED`."""

    kind: str
    name: str
    place: Place


@dataclass
class TrainersFiles:
    """Everything that was found; ``unreadable`` are sentences about files that are no YAML."""

    declared: dict[str, Names] = field(default_factory=lambda: {kind: {} for kind in DECLARED})
    examples: dict[str, list[Part]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    blocks: Names = field(default_factory=dict)
    domain: Part | None = None
    unreadable: list[str] = field(default_factory=list)

    @property
    def actions(self) -> Names:
        """Everything that a rule may name as its action."""
        return {**self.declared["actions"], **self.declared["forms"], **self.declared["responses"]}


def read_files(root: Path) -> TrainersFiles:
    """Read `domain.yml` and every YAML file under `data/`."""
    found = TrainersFiles()
    paths = [path for path in (root / "data").rglob("*") if path.suffix in SUFFIXES]
    for path in (root / "domain.yml", *sorted(paths)):
        try:
            part = read_yaml(path, path.relative_to(root).as_posix())
        except UnreadableError as problem:
            found.unreadable.append(str(problem))
            continue
        _read_domain(part, found)
        _read_examples(part, found)
        _read_conversations(part, found)
    return found


def _read_domain(part: Part, found: TrainersFiles) -> None:
    if part.file == "domain.yml":
        found.domain = part
    for kind in DECLARED:
        for name in part[kind].names:
            found.declared[kind].setdefault(name.text, name.place)


def _read_examples(part: Part, found: TrainersFiles) -> None:
    for entry in part["nlu"]:
        intent = entry["intent"]
        if intent.text:
            found.examples.setdefault(intent.text, []).append(entry)


def _read_conversations(part: Part, found: TrainersFiles) -> None:
    for kind in ("rule", "story"):
        for block in part["rules" if kind == "rule" else "stories"]:
            found.blocks.setdefault(block[kind].text, block[kind].place)
            for steps in (block["condition"], block["steps"]):
                found.mentions += [each for step in steps for each in _mentions(step)]


def _mentions(step: Part) -> Iterator[Mention]:
    for either in step["or"]:
        yield from _mentions(either)
    for key, kind in (("intent", "intents"), ("action", "actions"), ("active_loop", "forms")):
        if step[key].text:
            yield Mention(kind, step[key].text, step[key].place)
    for slot in step["slot_was_set"].names:
        yield Mention("slots", slot.text, slot.place)


def example_lines(entry: Part) -> Iterator[tuple[str, Place]]:
    """Give the lines of a block of examples as they stand, empty ones left out."""
    examples = entry["examples"]
    node = examples.node
    first = examples.place.line + (1 if getattr(node, "style", None) in {"|", ">"} else 0)
    for number, line in enumerate(examples.text.splitlines()):
        if line.strip():
            yield line.strip(), Place(examples.file, first + number)
