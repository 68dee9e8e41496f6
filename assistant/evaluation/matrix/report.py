"""The matrix as text: a line for each address and record, a letter for each person."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from assistant.evaluation.matrix.gaps import Gap
from assistant.evaluation.matrix.policy import Answer
from assistant.evaluation.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.evaluation.matrix.asking import Cell

MEANING = {
    Answer.OPEN: "open",
    Answer.ABSENT: "not there, for whatever reason",
    Answer.SIGN_IN: "sent to sign in",
    Answer.PASSWORD: "sent to choose a password",
    Answer.PROVE: "sent to show once more that it is they",
    Answer.SECOND_STEP: "sent to add a second step",
    Answer.BACK: "shown whose step it is",
    Answer.REFUSED: "refused",
    Answer.BROKEN: "broken",
}
GROUP = 5


def matrix_table(cells: Sequence[Cell]) -> str:
    """Return every answer that came; a capital letter is one that was not foretold."""
    roles = list(dict.fromkeys(cell.role for cell in cells))
    lines: defaultdict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for cell in cells:
        line = cell.asked.name, cell.asked.method, cell.whose
        lines[line][cell.role] = cell.seen.value if cell.is_right else cell.seen.value.upper()
    rows = [
        (*line, _grouped([letters.get(role, " ") for role in roles]))
        for line, letters in lines.items()
    ]
    legend = [f"{number:3} {role}" for number, role in enumerate(roles, 1)]
    meaning = [f"  {answer.value} {words}" for answer, words in MEANING.items()]
    heads = ("route", "method", "record", "answers, a letter a person")
    return "\n".join(["People, in this order:", *legend, "", *meaning, "", table(heads, rows)])


def _grouped(letters: Sequence[str]) -> str:
    groups = ["".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP)]
    return " ".join(groups)


def wrong_answers(cells: Sequence[Cell]) -> list[str]:
    """Return what should not be, as sentences; none is the promise.

    Beside single answers: whatever is not there must read the same for whatever reason.
    """
    absent: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for cell in cells:
        if cell.seen is Answer.ABSENT and cell.asked.gap is not Gap.NONE:
            absent[cell.asked.method, cell.asked.name, cell.role].add(cell.body)
    told = [
        f"{method} {name} as {role}: a record that is closed reads unlike one that is missing"
        for (method, name, role), bodies in absent.items()
        if len(bodies) > 1
    ]
    return [str(cell) for cell in cells if not cell.is_right] + told


def summary(cells: Sequence[Cell], wrong: Sequence[str], idle: Sequence[str]) -> str:
    """Return the counts; ``idle`` are routes whose complete form would do nothing."""
    still = [cell for cell in cells if cell.still]
    rows = [
        ("routes", len({(cell.asked.name, cell.asked.method) for cell in cells})),
        ("people", len({cell.role for cell in cells})),
        ("questions", len(cells)),
        ("of them to be turned away", len(still)),
        ("of them with a complete form", sum(cell.asked.method != "GET" for cell in still)),
        ("turned away, and something was written", sum(cell.wrote for cell in still)),
        ("forms that would do nothing anyway", len(idle)),
        ("answers that were not foretold", len(wrong)),
    ]
    return table(("what was asked", "how many"), rows)
