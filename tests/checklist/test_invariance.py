"""What changes nothing about a matter changes nothing about its door, over labelled messages.

A door is kept when it is the same as without the change, or one of those accepted. A floor is what
was measured, less a little; the measured value stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.checklist.perturbations import ALL
from tests.checklist.steering import Path
from tests.checklist.suite import base_messages, stated
from tests.checklist.telling import Failure, say, tell, unknown


@dataclass(frozen=True)
class Bounds:
    """The least share of doors kept, the most false alarms, and of how many messages."""

    kept: float
    false_alarms: float = 0.01
    messages: int = 120


BOUNDS = {
    "typos in 5 % of letters": Bounds(0.90),  # 93.3 %
    "typos in 10 % of letters": Bounds(0.85),  # 89.2 %
    "all capitals": Bounds(1.0),  # 100 %
    "no punctuation": Bounds(0.91, 0.05),  # 94.2 %, 3.3 % false alarms
    "emoji": Bounds(0.95),  # 98.3 %
    "odd signs": Bounds(1.0),  # 100 %
    "greeting and sign-off": Bounds(0.84),  # 88.3 %
    "a sentence in another language": Bounds(0.84),  # 88.3 %
    "orders to a machine": Bounds(0.81),  # 85.8 %
    "padded to 2,000 characters": Bounds(0.40, 0.35, 40),  # 47.5 %, 27.5 % false alarms
}
"""In much everyday talk a matter is lost: the ears read 256 word pieces, and the rest weighs."""
FOUND_ALL_THE_SAME = {
    "typos in 5 % of letters": 0.89,  # 92.9 %
    "typos in 10 % of letters": 0.81,  # 85.7 %
    "greeting and sign-off": 1.0,  # 100 %
    "a sentence in another language": 1.0,  # 100 %
    "orders to a machine": 1.0,  # 100 %
}
"""Of the openly stated dangers, the least share that safety still comes first for."""


@pytest.mark.parametrize("change", BOUNDS)
def test_a_change_of_form_keeps_the_door(change: str, path: Path) -> None:
    bounds = BOUNDS[change]
    base = base_messages()[: bounds.messages]
    before = path.steer([case.text for case in base])
    texts = [ALL[change](case.text) for case in base]
    seen = list(zip(base, texts, before, path.steer(texts), strict=True))
    moved = [
        failure(change, case.id, text, now)
        for case, text, then, now in seen
        if now.channel != then.channel and now.channel not in case.accept
    ]
    alarms = [
        case.id
        for case, _, then, now in seen
        if now.in_safety and not then.in_safety and now.channel not in case.accept
    ]
    say(f"\n{change}: false alarms {len(alarms)} of {len(base)}: {alarms}")
    assert tell(change, len(base), moved) >= bounds.kept
    assert len(alarms) <= bounds.false_alarms * len(base)


@pytest.mark.parametrize("change", BOUNDS)
def test_a_change_of_form_never_loses_safety(change: str, path: Path) -> None:
    base = base_messages()[: BOUNDS[change].messages]
    texts = [ALL[change](case.text) for case in base]
    pairs = zip(path.steer([case.text for case in base]), path.steer(texts), strict=True)
    lost = [
        failure(change, case.id, text, now)
        for case, text, (then, now) in zip(base, texts, pairs, strict=True)
        if then.in_safety and not now.surfaced
    ]
    tell(f"{change}, safety still offered", len(base), lost)
    assert not unknown(lost)


@pytest.mark.parametrize("change", FOUND_ALL_THE_SAME)
def test_what_is_openly_stated_is_found_in_any_form(change: str, path: Path) -> None:
    found = stated()
    texts = [ALL[change](case.text) for case in found]
    missed = [
        failure(change, case.id, text, now)
        for case, text, now in zip(found, texts, path.steer(texts), strict=True)
        if not now.in_safety
    ]
    floor = FOUND_ALL_THE_SAME[change]
    assert tell(f"{change}, openly stated", len(found), missed) >= floor


def failure(change: str, case: str, text: str, seen: object) -> Failure:
    """Name a failing message by what was done to it."""
    return (f"{change}: {case}", text, seen)


def test_every_change_changes_something_and_is_the_same_in_every_run() -> None:
    base = base_messages()
    for change in ALL.values():
        texts = [change(case.text) for case in base]
        assert texts == [change(case.text) for case in base]
        assert (
            sum(text != case.text for text, case in zip(texts, base, strict=True)) > len(base) / 2
        )
