"""Lays the comparison out: figures, ratios, targets, and all of it for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.evaluation.figures import Figure
from assistant.evaluation.rivals.contest import OURS_BRAIN, OURS_WEB
from assistant.evaluation.rivals.figures import figures_of
from assistant.evaluation.rivals.words import WORDS
from assistant.evaluation.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.evaluation.rivals.configurations import Rival
    from assistant.evaluation.rivals.figures import Figures, Measured

    Table = Mapping[str, Figures]


class Line(NamedTuple):
    """A figure: its key, its name for people, its unit, and whose of ours is set against rivals."""

    key: str
    name: str
    unit: str
    ours: tuple[str, ...] = (OURS_WEB,)


BOTH = (OURS_WEB, OURS_BRAIN)
LINES = (
    Line("accepted", "accepted", "%"),
    Line("served", "accepted, as really answered", "%"),
    Line("first_two", "right door in the first two", "%"),
    Line("rejected", "rejected", "%"),
    Line("safety_first", "about safety: a safety door first", "%"),
    Line("safety_beside", "about safety: first or beside it", "%"),
    Line("false_safety", "others: a safety door first", "%"),
    Line("oos", "out of scope found, 95 % in scope kept", "%"),
    Line("p50", "turn, p50", "ms", BOTH),
    Line("p95", "turn, p95", "ms", BOTH),
    Line("rate", "turns a second, 8 callers", "/s", BOTH),
    Line("training", "training", "s"),
    Line("processor", "training, of processors", "s"),
    Line("disk", "model on disk", "MB"),
    Line("memory", "resident memory", "MB", BOTH),
)
POINTS, RATE, TRAINING = 8, 300, 20
"""The targets against Rasa's default: points more accepted; percent of its turns and its time."""


def tabulate(measured: Sequence[Measured]) -> Table:
    """Return the figures of each contender by name."""
    return {one.name: figures_of(one) for one in measured}


def figures_table(figures: Table) -> str:
    """Return the table of what was measured."""
    rows = [(f"{line.name}, {line.unit}", *(_amount(each[line.key]) for each in figures.values()))
            for line in LINES]  # fmt: skip
    return table(("figure", *figures), rows)


def ratios(figures: Table) -> dict[str, dict[str, float | None]]:
    """Return ours divided by each rival's, by the name of the figure and of ours."""
    rivals = {name: each for name, each in figures.items() if name not in BOTH}
    return {
        f"{line.name} ({name})": {
            rival: _ratio(figures[name][line.key], each[line.key]) for rival, each in rivals.items()
        }
        for line in LINES
        for name in line.ours
    }


def ratios_table(figures: Table) -> str:
    """Return the table of ours : rival."""
    found = ratios(figures)
    heads = next(iter(found.values()), {})
    rows = [(name, *("–" if one is None else f"{one:.2f}" for one in each.values()))
            for name, each in found.items()]  # fmt: skip
    return table(("ours : rival", *heads), rows)


def as_text(rivals: Sequence[Rival], figures: Table) -> str:
    """Return who the rivals are, what was measured and the ratios, for people."""
    who = "\n".join(f"{rival.name}: {rival.words}." for rival in rivals)
    return "\n\n".join([who, figures_table(figures), ratios_table(figures)])


def targets(figures: Table, rival: str) -> list[Figure]:
    """Return the targets against the rival, with and without TED, by what is better for it."""
    names = [name for name in figures if name.startswith(rival)]
    return [target for name in names for target in _targets(figures, name)]


def _targets(figures: Table, rival: str) -> list[Figure]:
    web, brain, other = figures[OURS_WEB], figures[OURS_BRAIN], figures[rival]
    best = max(other["accepted"] or 0, other["served"] or 0)
    more = None if web["accepted"] is None else web["accepted"] - best
    return [
        Figure(f"accepted, above {rival}", more, "points", POINTS, least=True),
        Figure(f"turns a second (brain), of {rival}", _share(brain, other, "rate"), "%", RATE,
               least=True),
        Figure(f"training, of {rival}", _share(web, other, "training"), "%", TRAINING),
    ]  # fmt: skip


def as_json(measured: Sequence[Measured], figures: Table) -> dict[str, Any]:
    """Return all of it as plain JSON, with every message's door."""
    return {
        "units": {line.key: line.unit for line in LINES},
        "figures": dict(figures),
        "ratios": ratios(figures),
        "words": WORDS,
        "messages": {one.name: _messages(one) for one in measured},
    }


def _messages(one: Measured) -> list[dict[str, Any]]:
    return [
        {"id": heard.id, "channel": heard.channel, "alternatives": list(heard.alternatives),
         "answered": answered.channel, "ms": round(taken, 1),
         "out_of_scope": {way: round(scores[place], 4) for way, scores in one.strangeness.items()}}
        for place, (heard, answered, taken) in enumerate(
            zip(one.routed, one.served, one.asked.milliseconds, strict=True))
    ]  # fmt: skip


def _ratio(ours: float | None, rival: float | None) -> float | None:
    return ours / rival if ours is not None and rival else None


def _share(ours: Figures, rival: Figures, key: str) -> float | None:
    ratio = _ratio(ours[key], rival[key])
    return None if ratio is None else 100 * ratio


def _amount(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
