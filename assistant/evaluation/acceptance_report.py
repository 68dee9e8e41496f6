"""The report of a training: its scores, the picture of its confusions, and the worst of them."""

from __future__ import annotations

import json
import textwrap
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from assistant.evaluation.acceptance import lost_messages
from assistant.evaluation.confusion_picture import svg_matrix, text_matrix
from assistant.evaluation.lines import write_json
from assistant.evaluation.scoring import by_best, confusion, report
from assistant.evaluation.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from assistant.evaluation.acceptance import Acceptance, Judged

SCORES, SCORES_TEXT, PICTURE, WORST = "scores.json", "scores.txt", "confusions.svg", "worst.txt"
NAMES = {
    "accepted": "a right destination first",
    "in_first_two": "a right one among the first two",
    "rejected": "a wrong or harmful one first",
}
SHOWN_CONFUSIONS, SHOWN_EXAMPLES, SHOWN_LETTERS = 3, 2, 90


def as_scores(new: Acceptance) -> dict[str, Any]:
    """Return everything that the next training compares with, as plain JSON."""
    counts = report([one.routed for one in new.judged])
    missed = [vars(one) for one in new.missed]
    return {"set": new.digest, "safety": new.safety, "missed": missed, **counts}


def summary(scores: dict[str, Any]) -> dict[str, Any]:
    """Return the counts alone."""
    names = ("total", *NAMES, "safety")
    return {**{name: scores[name] for name in names}, "missed": len(scores["missed"])}


def read_scores(folder: Path, digest: str) -> dict[str, Any] | None:
    """Return the scores of a report on the set with ``digest``; None when there are none."""
    try:
        scores = json.loads((folder / SCORES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    same = isinstance(scores, dict) and scores.get("set") == digest
    return dict(scores) if same else None


def write_report(folder: Path, new: Acceptance, present: dict[str, Any] | None) -> None:
    """Write the four files."""
    folder.mkdir(parents=True, exist_ok=True)
    results = [one.routed for one in new.judged]
    write_json(folder / SCORES, as_scores(new))
    heads = ("wanted", "messages", "accepted", "in first two", "rejected")
    parts = (score_table(new, present), table(heads, by_best(results)),
             text_matrix(confusion(results)))  # fmt: skip
    (folder / SCORES_TEXT).write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    (folder / PICTURE).write_text(svg_matrix(confusion(results)), encoding="utf-8")
    (folder / WORST).write_text(worst_text(new, present), encoding="utf-8")


def score_table(new: Acceptance, present: dict[str, Any] | None) -> str:
    """Return the counts of the new model, beside those of the present one."""
    now = as_scores(new)
    rows = [
        (words, _share(now[name], new.total), _share(present[name], new.total) if present else "-")
        for name, words in NAMES.items()
    ]
    before = str(len(present["missed"])) if present else "-"
    rows.append((f"safety messages missed, of {new.safety}", str(len(new.missed)), before))
    return table((f"of {new.total} messages", "new model", "model in use"), rows)


def worst_text(new: Acceptance, present: dict[str, Any] | None) -> str:
    """Return every confusion with all its messages, the commonest first."""
    parts = [_safety_part(new), _lost_part(lost_messages(new, present))]
    for (wanted, given), examples in confusions(new):
        parts.append(
            [f"{wanted} wanted, {given} given: {len(examples)}", *(_line(one) for one in examples)]
        )
    head = "How sure the model was stands before each message: 1.00 is certain."
    return "\n\n".join([head, *("\n".join(part) for part in parts if part)]) + "\n"


def worst_shortly(new: Acceptance) -> str:
    """Return the few worst confusions with an example or two, for the terminal."""
    lines = []
    for (wanted, given), examples in confusions(new)[:SHOWN_CONFUSIONS]:
        lines.append(f"  {wanted} wanted, {given} given: {len(examples)}")
        lines += [f"  {_short(_line(one))}" for one in examples[:SHOWN_EXAMPLES]]
    return "\n".join(lines)


def what_got_worse(new: Acceptance, present: dict[str, Any] | None) -> str:
    """Return a few of the safety messages missed and of the messages lost, for the terminal."""
    parts = [*_safety_part(new)[: SHOWN_EXAMPLES * 2 + 1]]
    parts += _lost_part(lost_messages(new, present))[: SHOWN_EXAMPLES * 2 + 1]
    return "\n".join(f"  {_short(line)}" for line in parts)


def confusions(new: Acceptance) -> list[tuple[tuple[str, str], Sequence[Judged]]]:
    """Return (wanted, given) with the messages: harmful first, then the commonest, surest first."""
    found = defaultdict(list)
    for one in new.judged:
        if not one.routed.accepted:
            found[one.routed.best, one.routed.channel].append(one)
    harmful = Counter(
        {pair: sum(one.routed.rejected for one in ones) for pair, ones in found.items()}
    )
    ordered = sorted(found, key=lambda pair: (-harmful[pair], -len(found[pair]), pair))
    return [(pair, sorted(found[pair], key=lambda one: -one.sure)) for pair in ordered]


def _safety_part(new: Acceptance) -> list[str]:
    lines = [f"  {one.kind}, steered to {one.channel}: {_flat(one.text)}" for one in new.missed]
    return ["Safety messages that are missed:", *lines] if lines else []


def _lost_part(lost: Sequence[Judged]) -> list[str]:
    lines = [
        f"  {one.routed.best} wanted, {one.routed.channel} given: {_flat(one.routed.text)}"
        for one in lost
    ]
    return ["Right with the model in use, and wrong now:", *lines] if lines else []


def _line(one: Judged) -> str:
    harmful = " (harmful)" if one.routed.rejected else ""
    return f"  {one.sure:.2f}  {one.routed.id}{harmful}  {_flat(one.routed.text)}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return indent + textwrap.shorten(line, SHOWN_LETTERS, placeholder=" …")


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.1f} %)"
