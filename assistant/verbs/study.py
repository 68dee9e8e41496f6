"""Tell what the hearing rests on: parts left out in turn, risk against alarms, the data halved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.bootstrap.progress import step
from assistant.settings import ROOT

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping

    from assistant.brain.ears import Ears
    from assistant.brain.examples import Example
    from assistant.brain.heard import Heard
    from assistant.evaluation.lines import Row
    from assistant.evaluation.scoring import Routed

ENVIRONMENT = "brain"
SIGNALS = ("topics", "about", "wanted", "tried", "risk")
PARTS = (0.25, 0.5)
HEADS = ("accepted", "first two", "rejected", "safety first", "surfaced", "false", "soft",
         "to the head")  # fmt: skip
SHARES = ("safety first", "safety surfaced, first or beside", "false safety firsts", "soft alarms",
          "governors' matters led to the head")  # fmt: skip


@dataclass(frozen=True)
class Heards:
    """One message as each reader heard it, and what the net found."""

    row: Row
    kernel: Heard
    ears: Heard
    net: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files, and ears that were fine-tuned on a part of the messages."""
    parser.add_argument("files", nargs="+", type=Path, help="JSON Lines: id, text, accept, reject")
    parser.add_argument(
        "--ears", nargs=2, action="append", default=[], metavar=("PART", "FILE"),
        help="ears fine-tuned on this part (finetune --part); without them the heads stand alone",
    )  # fmt: skip


def main(arguments: argparse.Namespace) -> int:
    """Print the three tables; a few minutes, most of them for learning the heads."""
    from assistant.brain.ears import Ears
    from assistant.brain.finetune.messages import read_examples
    from assistant.evaluation.lines import read_rows
    from assistant.evaluation.tables import table

    needed = ("id", "text", "accept", "reject")
    rows = [row for file in arguments.files for row in read_rows(file, needed)]
    examples = read_examples(ROOT, ())
    with step("Learning from all messages"):
        heards = hear_apart(rows, examples, Ears())
    print(f"{len(rows)} first messages; left out in turn:")
    print(table(("left out", *HEADS), [(name, *figures(map(one, heards)))
                                      for name, one in variants().items()]))  # fmt: skip
    print(f"\nSafety found at a share of false alarms: {found_at_alarms(heards)}")
    given = {float(part): Path(path) for part, path in arguments.ears}
    print("\nThe messages halved and quartered (ears: as given, else the heads alone):")
    print(table(("learned from", *HEADS), [*curve(rows, examples, given),
                                          line("all, heads alone", heards, without_ears),
                                          line("all, both", heards, both)]))  # fmt: skip
    return 0


def hear_apart(rows: list[Row], examples: list[Example], ears: Ears | None) -> list[Heards]:
    """Read every row with the heads learned from `examples`, and with the ears where there are."""
    from assistant.brain.listener import LEXICON
    from assistant.brain.reader import Reader
    from assistant.casework.lexicon import Lexicon

    texts = [str(row["text"]) for row in rows]
    heads = Reader.learn(examples)
    lexicon = Lexicon.load(LEXICON)
    nets = (lexicon.screen(text).names() for text in texts)
    kernel = heads.hear_all(texts)
    heard = ears.hear_all(texts) if ears else kernel
    return [Heards(*each) for each in zip(rows, kernel, heard, nets, strict=True)]


def curve(
    rows: list[Row], examples: list[Example], given: Mapping[float, Path]
) -> Iterable[tuple[str, ...]]:
    """Yield a line for each part: the heads alone, and with the ears of that part if given."""
    from assistant.brain.ears import Ears
    from assistant.brain.finetune.messages import part_of

    for part in PARTS:
        few = part_of(examples, part)
        path = given.get(part)
        ears = Ears(path, hashlib.sha256(path.read_bytes()).hexdigest()) if path else None
        with step(f"Learning from {len(few)} messages"):
            heards = hear_apart(rows, few, ears)
        yield line(f"{len(few)}, heads alone", heards, without_ears)
        if ears:
            yield line(f"{len(few)}, both", heards, both)


def line(name: str, heards: list[Heards], decide: Callable[[Heards], Routed]) -> tuple[str, ...]:
    """Return a row of the table."""
    return (name, *figures(map(decide, heards)))


def variants() -> Mapping[str, Callable[[Heards], Routed]]:
    """Return the ways to decide, by what each leaves out."""
    return {
        "nothing": both,
        "the fine-tuned ears": without_ears,
        "the kernel heads": lambda one: steer(one.row, one.ears, one.net),
        "the reviewed net": lambda one: steer(one.row, blended(one), ()),
        "the acts": without_acts,
        "abuse": lambda one: steer(one.row, silenced(one, abuse=0.0), one.net),
        **{name: partial(without_signal, name) for name in SIGNALS},
    }


def both(one: Heards) -> Routed:
    """Decide with everything."""
    return steer(one.row, blended(one), one.net)


def without_ears(one: Heards) -> Routed:
    """Decide by the kernel heads and the net."""
    return steer(one.row, one.kernel, one.net)


def without_acts(one: Heards) -> Routed:
    """Decide as if every message told something and asked for nothing."""
    from assistant.brain.heard import Heard

    return steer(one.row, Heard((("vent", 1.0),), blended(one).reading), one.net)


def without_signal(name: str, one: Heards) -> Routed:
    """Decide without one group of signals."""
    return steer(one.row, silenced(one, **{name: {}}), one.net)


def silenced(one: Heards, **parts: object) -> Heard:
    """Return what both heard, without some parts of the reading."""
    heard = blended(one)
    return replace(heard, reading=replace(heard.reading, **parts))  # type: ignore[arg-type]


def blended(one: Heards) -> Heard:
    """Return what both readers heard together."""
    from assistant.brain.average import blend

    return blend(one.kernel, one.ears)


def steer(row: Row, heard: Heard, net: tuple[str, ...]) -> Routed:
    """Return the door for a row from what was heard, as a serving brain decides it."""
    from assistant.brain.acceptance import heard_in
    from assistant.brain.arbitrate import Scene, decide
    from assistant.casework.routing import route
    from assistant.evaluation.scoring import routed

    text = str(row["text"])
    reading = replace(heard.reading, net=net, words=len(text.split()))
    act, sure = decide(heard.acts, reading, Scene(words=reading.words, text=text))
    reading = replace(reading, act=act, confidence=sure)
    chosen = route(reading, heard_in(text, reading))
    return routed(row, chosen.channel.value, [door.value for door in chosen.alternatives])


def figures(results: Iterable[Routed]) -> list[str]:
    """Return the shares in per cent, in the order of `HEADS`."""
    from assistant.evaluation.safety_scores import safety_shares
    from assistant.evaluation.scoring import report

    ends = list(results)
    counted = report(ends)
    shares = {one.name: one.percent for one in safety_shares(ends)}
    first = [100 * counted[name] / len(ends) for name in ("accepted", "in_first_two", "rejected")]
    percents = [*first, *(shares[name] for name in SHARES)]
    return ["" if value is None else f"{value:.1f}" for value in percents]


def found_at_alarms(heards: list[Heards]) -> str:
    """Return the share of safety messages over the score that so many others reach."""
    import numpy as np

    from assistant.brain.arbitrate import any_risk
    from assistant.brain.measure import FALSE_ALARMS
    from assistant.evaluation.safety_scores import SAFE

    scored = [(set(one.row["accept"]), any_risk(blended(one).reading)) for one in heards]
    risky = np.array([score for accept, score in scored if accept & SAFE])
    others = np.sort([score for accept, score in scored if not accept & SAFE])[::-1]
    limits = [(share, others[int(share * len(others))]) for share in FALSE_ALARMS]
    return "  ".join(
        f"{np.mean(risky > limit):.0%} at {share:.0%} (over {limit:.2f})" for share, limit in limits
    )
