"""The mistakes that trainers make most, each told with its file, its line and what to do."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from rasa.shared.core.constants import DEFAULT_ACTION_NAMES, DEFAULT_INTENTS, REQUESTED_SLOT

from assistant.brain.trainers_files import example_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from assistant.brain.trainers_files import Mention, TrainersFiles
    from assistant.brain.yaml_places import Place

BULLET = "- "
WHAT = {"intents": "intent", "actions": "action", "slots": "slot", "forms": "form"}
REPLY = "utter_"


def mistakes_in(files: TrainersFiles) -> list[str]:
    """Return a sentence or two for each mistake, in the order in which they are best mended."""
    if files.unreadable:
        return files.unreadable
    checks = (_unknown_names, _unknown_intents, _bad_examples, _doubled_examples, _bad_replies,
              _unknown_form_slots)  # fmt: skip
    return [sentence for check in checks for sentence in check(files)]


def _unknown_names(files: TrainersFiles) -> Iterator[str]:
    """Find what rules and stories use and `domain.yml` does not hold."""
    known = {
        "intents": {*files.declared["intents"], *DEFAULT_INTENTS},
        "actions": {*files.actions, *DEFAULT_ACTION_NAMES},
        "forms": {*files.declared["forms"]},
        "slots": {*files.declared["slots"], REQUESTED_SLOT},
    }
    for each in files.mentions:
        if each.name not in known[each.kind]:
            yield _unknown(each, known[each.kind])


def _unknown(each: Mention, known: Collection[str]) -> str:
    reply = each.kind == "actions" and each.name.startswith(REPLY)
    what, section = ("reply", "responses") if reply else (WHAT[each.kind], each.kind)
    return (
        f"{each.place}: the {what} {each.name} is not in domain.yml. "
        f"{_near(each.name, known)}Add it there under `{section}`, or mend its name here."
    )


def _unknown_intents(files: TrainersFiles) -> Iterator[str]:
    known = {*files.declared["intents"]}
    for intent, entries in files.examples.items():
        if intent.partition("/")[0] not in known:
            yield (
                f"{entries[0]['intent'].place}: the intent {intent} has examples and is not in "
                f"domain.yml. {_near(intent, known)}Add it there under `intents`, or mend its name "
                "here."
            )


def _bad_examples(files: TrainersFiles) -> Iterator[str]:
    for intent, entries in files.examples.items():
        for entry in entries:
            lines = list(example_lines(entry))
            if not any(_said(line) for line, _ in lines):
                place = entry["intent"].place
                yield (
                    f"{place}: the intent {intent} has no examples. Write `examples: |` below it "
                    "and then one message a line, each after `- `."
                )
            for line, place in lines:
                if not line.startswith("-"):
                    yield f"{place}: this example does not begin with `- `. Put that before it."


def _doubled_examples(files: TrainersFiles) -> Iterator[str]:
    """Find messages that stand under two intents: the model can learn only one of them."""
    seen: dict[str, tuple[str, Place]] = {}
    for intent, entries in files.examples.items():
        for line, place in (each for entry in entries for each in example_lines(entry)):
            text = _said(line).casefold()
            other, first = seen.setdefault(text, (intent, place))
            if text and other != intent:
                yield (
                    f"{place}: {_said(line)!r} is an example of {intent} here and of {other} in "
                    f"{first}. Keep it under the one that is meant."
                )


def _bad_replies(files: TrainersFiles) -> Iterator[str]:
    for name, variants in files.domain["responses"].pairs if files.domain else ():
        texts = [each["text"].text for each in variants]
        if not texts or not all(texts):
            yield (
                f'{name.place}: the reply {name.text} says nothing. Write `- text: "..."` below it.'
            )


def _unknown_form_slots(files: TrainersFiles) -> Iterator[str]:
    known = files.declared["slots"]
    for form, content in files.domain["forms"].pairs if files.domain else ():
        for slot in content["required_slots"]:
            if slot.text not in known:
                yield (
                    f"{slot.place}: the form {form.text} asks for the slot {slot.text}, which is "
                    f"not in domain.yml. {_near(slot.text, known)}Add it under `slots`, or mend "
                    "its name here."
                )


def _said(line: str) -> str:
    return " ".join(line.removeprefix("-").split())


def _near(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {near[0]}? " if near else ""
