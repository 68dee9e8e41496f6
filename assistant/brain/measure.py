"""`python -m assistant.brain.measure`: how well the kernel heads read hands new to them.

The kernel heads alone: the fine-tuned ears have learned from every hand, and are measured on hands
left out of theirs by `python -m assistant.brain.weigh`.

Every hand of `data/language` is held out in turn. Accepted: the best door is the labelled one or
one of the others accepted. Harmful: the obvious wrongs (see `is_harmful`). Then the curve of risk
found against false alarms, from which the thresholds in `arbitrate.py` were chosen, and the share
of English messages that are called foreign.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from assistant.brain.arbitrate import ACT_RISKS, Scene, any_risk, decide, risk_scores
from assistant.brain.examples import example_of
from assistant.brain.heard import Heard
from assistant.brain.language import ENGLISH, language_of
from assistant.brain.language_data import FOLDER, Row, read_folder
from assistant.brain.listener import LEXICON
from assistant.brain.reader import Reader
from assistant.casework.lexicon import Lexicon
from assistant.casework.reading import Reading
from assistant.casework.routing import route

FALSE_ALARMS = (0.02, 0.05, 0.10, 0.20)
_URGENT = {"safeguarding", "emergency", "wellbeing"}
_APART = {"moderation", "emergency", "wellbeing", "smalltalk", "out_of_scope"}
Pairs = list[tuple[Row, Heard]]


def is_harmful(row: Row, door: str) -> bool:
    """Tell whether a wrong door is also an obvious wrong, and not merely a second choice."""
    if door in {row.channel, *row.also}:
        return False
    about = set((row.signals or {}).get("about", ()))
    if door == "headteacher" and (
        about & {"headteacher", "governor"} or row.channel == "governors"
    ):
        return True
    if row.channel in _URGENT:
        return door not in _URGENT
    return door in _APART and row.channel not in _APART


def hold_out(rows: list[Row], hand: str) -> Pairs:
    """Learn from every other hand and read this one."""
    reader = Reader.learn([example_of(row) for row in rows if row.hand != hand])
    held = [row for row in rows if row.hand == hand]
    return list(zip(held, reader.hear_all([row.text for row in held]), strict=True))


def best_doors(heard: Heard) -> list[str]:
    """Return the channel codes, best first."""
    return sorted(heard.reading.doors, key=lambda door: -heard.reading.doors[door])


def rates(pairs: Pairs) -> tuple[float, ...]:
    """Return the shares accepted, accepted in the first two, harmful, and acts right."""
    doors = [(row, best_doors(heard)) for row, heard in pairs]
    acts = [heard.acts[0][0] == row.act for row, heard in pairs if row.act]
    return (
        _share(best[0] in {row.channel, *row.also} for row, best in doors),
        _share(bool(set(best[:2]) & {row.channel, *row.also}) for row, best in doors),
        _share(is_harmful(row, best[0]) for row, best in doors),
        _share(acts),
    )


def curve(
    pairs: Pairs, truth: Callable[[Mapping[str, Any]], bool], score: Callable[[Reading], float]
) -> str:
    """Return, for each share of false alarms, the share found and the threshold that gives it."""
    scored = [(truth(row.signals), score(heard.reading)) for row, heard in pairs if row.signals]
    positive = np.array([value for true, value in scored if true])
    negative = np.sort([value for true, value in scored if not true])[::-1]
    limits = [negative[int(share * len(negative))] for share in FALSE_ALARMS]
    return "  ".join(
        f"{np.mean(positive > limit):4.0%} at {share:3.0%} (over {limit:.2f})"
        for share, limit in zip(FALSE_ALARMS, limits, strict=True)
    )


def main() -> None:
    """Print the tables; takes a few minutes on two cores."""
    rows = read_folder(FOLDER)
    pairs: Pairs = []
    print(
        f"{'hand held out':16}{'rows':>6}{'accepted':>10}{'first two':>11}{'harmful':>9}{'act':>6}"
    )
    table = []
    for hand in sorted({row.hand for row in rows}):
        started = time.monotonic()
        fresh = hold_out(rows, hand)
        pairs += fresh
        table.append(rates(fresh))
        print(
            _line(hand, len(fresh), table[-1]), f"  {time.monotonic() - started:.0f} s", flush=True
        )
    print(_line("mean of hands", len(rows), tuple(np.nanmean(table, axis=0))))
    print_curves(pairs)
    print_final(pairs)
    _print_languages(rows)


def final_channels(pairs: Pairs) -> list[tuple[Row, str, str]]:
    """Return each row with its act and its channel after the net, arbitration and routing."""
    lexicon = Lexicon.load(LEXICON)
    ends = []
    for row, heard in pairs:
        reading = replace(heard.reading, net=lexicon.screen(row.text).names())
        act, _ = decide(heard.acts, reading, Scene(words=len(row.text.split()), text=row.text))
        ends.append((row, act, route(replace(reading, act=act)).channel.value))
    return ends


def print_final(pairs: Pairs) -> None:
    """Print how well the whole way goes: net, arbitration and routing."""
    ends = final_channels(pairs)
    accepted = _share(door in {row.channel, *row.also} for row, _, door in ends)
    harmful = _share(is_harmful(row, door) for row, _, door in ends)
    full = [
        (row.signals["risk"] != "none", act in ACT_RISKS) for row, act, _ in ends if row.signals
    ]
    found = _share(urgent for risk, urgent in full if risk)
    false = _share(urgent for risk, urgent in full if not risk)
    print(
        f"\nAfter net, arbitration and routing, all rows: accepted {accepted:.1%}, harmful "
        f"{harmful:.1%}; urgent act for {found:.0%} of risks and {false:.1%} of the others"
    )


def print_curves(pairs: Pairs) -> None:
    """Print what is found of each risk at a share of false alarms."""
    print("\nFound at a share of false alarms, hands held out:")
    print("any risk  ", curve(pairs, lambda signals: signals["risk"] != "none", any_risk))
    for act in (*ACT_RISKS, "abuse"):
        print(f"{act:10}", curve(pairs, partial(_is_true, act), partial(_score, act)))


def _is_true(act: str, signals: Mapping[str, Any]) -> bool:
    return bool(signals["abuse"]) if act == "abuse" else signals["risk"] == ACT_RISKS[act]


def _score(act: str, reading: Reading) -> float:
    return risk_scores(reading)[act]


def _print_languages(rows: list[Row]) -> None:
    foreign = [row.text for row in rows if language_of(row.text) != ENGLISH]
    print(f"\nCalled foreign: {len(foreign)} of {len(rows)}")
    for text in foreign:
        print(f"  {language_of(text)}  {text[:70]}")


def _line(name: str, count: int, values: tuple[float, ...]) -> str:
    accepted, two, harmful, act = (f"{value:.1%}" for value in values)
    return f"{name:16}{count:6}{accepted:>10}{two:>11}{harmful:>9}{act:>7}"


def _share(values: Iterable[bool]) -> float:
    counted = list(values)
    return sum(counted) / len(counted) if counted else float("nan")


if __name__ == "__main__":
    main()
