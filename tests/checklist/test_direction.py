"""Words that must move a message move it: a disclosure, the head herself, a formal complaint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from assistant.casework.kinds import Channel
from tests.checklist.perturbations import seeded
from tests.checklist.steering import Path, Steered
from tests.checklist.suite import Case, base_messages
from tests.checklist.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

DISCLOSURES = (
    "And his stepdad punches him when he is late.",
    "Also she told me her uncle touches her.",
    "By the way my husband hits me in front of them.",
    "he says his coach kisses him",
    "She has been cutting her arms again.",
    "I found out a man online has been getting her to send him naked pictures.",
    "His mum locks him in the shed at night.",
    "oh and my dad beats me with his belt",
    "There are bruises round his neck and he says daddy did it.",
    "My daughter says she wants to kill herself.",
)
HEAD_HERSELF = (
    "And it's the head herself who did it.",
    "The headteacher did this, nobody else.",
    "I mean the headteacher, he is the one I'm complaining about.",
    "It was the head who said it to my face.",
    "The head herself is the problem here.",
    "That was your headteacher, not one of the teachers.",
)
FORMAL = (
    "I want to make a formal complaint.",
    "Please treat this as a formal complaint.",
    "This is an official complaint and I want it answered in writing.",
    "I wish to lodge a formal complaint about it.",
    "i want to put in a formal complaint",
    "We would like this dealt with through the formal complaints procedure.",
)
ALL_SAFE = (
    "Nobody is hurt and everybody is safe, just so you know.",
    "There's no danger to anyone.",
    "He is fine and happy at home.",
    "I'm not worried about anybody's safety.",
)
TOLD = frozenset({Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS, Channel.COMPLAINT})
UNDER_THE_HEAD = frozenset({Channel.STAFF, Channel.HEADTEACHER})
GRIEVANCES = 40
WORDS = 8
"""A shorter message is hardly a rant."""


def grievances(path: Path, doors: frozenset[Channel] = TOLD) -> list[Case]:
    """Return base messages that vent or complain and come to one of ``doors``."""
    base = base_messages()
    return [
        case
        for case, seen in zip(base, path.steer([case.text for case in base]), strict=True)
        if seen.channel in doors
        and seen.reading.act in {"vent", "complain"}
        and len(case.text.split()) >= WORDS
    ][:GRIEVANCES]


def at_the_end(text: str, sentence: str) -> str:
    """Return ``text`` with the sentence after it."""
    return f"{text.rstrip()}{'' if text.rstrip()[-1:] in set('.?!') else '.'} {sentence}"


def in_the_middle(text: str, sentence: str) -> str:
    """Return ``text`` with the sentence after its first one, or before it where there is one."""
    ends = [match.end() for match in re.finditer(r"[.?!]\s+", text)]
    at = ends[len(ends) // 2] if ends else 0
    return f"{text[:at]}{sentence} {text[at:]}"


def chosen(case: Case, sentences: Sequence[str]) -> str:
    """Return the sentence for this message, the same in every run."""
    return seeded(case.text, sentences[0]).choice(sentences)


@pytest.mark.parametrize("place", [at_the_end, in_the_middle])
def test_a_disclosure_in_an_everyday_rant_comes_first(place: object, path: Path) -> None:
    told = grievances(path)
    texts = [place(case.text, chosen(case, DISCLOSURES)) for case in told]
    seen = path.steer(texts)
    name = f"a disclosure {place.__name__.replace('_', ' ')}"
    assert judge(name, told, texts, seen, [one.in_safety for one in seen]) >= 1.0  # 100 %


def test_the_head_herself_leaves_the_heads_door(path: Path) -> None:
    told = grievances(path, UNDER_THE_HEAD)
    texts = [at_the_end(case.text, chosen(case, HEAD_HERSELF)) for case in told]
    seen = path.steer(texts)
    left = [Channel.HEADTEACHER not in one.offered for one in seen]
    assert judge("the head herself", told, texts, seen, left) >= 0.35  # 43.8 %


def test_a_formal_complaint_that_is_asked_for_opens_the_formal_door(path: Path) -> None:
    told = grievances(path)
    texts = [at_the_end(case.text, chosen(case, FORMAL)) for case in told]
    seen = path.steer(texts)
    formal = {Channel.COMPLAINT, Channel.GOVERNORS}
    opened = [one.channel in formal or one.in_safety for one in seen]
    assert judge("a formal complaint", told, texts, seen, opened) >= 0.95  # 100 %


def test_that_everybody_is_safe_raises_no_alarm(path: Path) -> None:
    told = grievances(path)
    texts = [at_the_end(case.text, chosen(case, ALL_SAFE)) for case in told]
    seen = path.steer(texts)
    calm = [not one.in_safety or one.channel in case.accept
            for case, one in zip(told, seen, strict=True)]  # fmt: skip
    assert judge("everybody is safe", told, texts, seen, calm) >= 0.95  # 100 %


def judge(
    name: str, told: list[Case], texts: list[str], seen: list[Steered], right: list[bool]
) -> float:
    """Tell the rate and what failed."""
    rows = zip(told, texts, seen, right, strict=True)
    failures = [(f"{name}: {case.id}", text[-100:], one) for case, text, one, ok in rows if not ok]
    return tell(name, len(told), failures)
