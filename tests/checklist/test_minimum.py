"""What the product must hear at the least, capability by capability, over the trained model.

After M. T. Ribeiro and others, "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList"
(2020): minimum functionality tests. A floor is what was measured, less a little, so that another
training may move a case or two; `-s` or a failure shows which. Of the strict capabilities every
single failure must stand in `known.jsonl` with its reason.
"""

from __future__ import annotations

import re

import pytest

from tests.checklist.perturbations import ALL
from tests.checklist.steering import SCHOOL, Path
from tests.checklist.suite import HERE, STATED, base_messages, cases, known, stated
from tests.checklist.telling import say, tell, unknown

FLOORS = {
    "open": 1.0,  # 64 of 64
    "happening": 1.0,  # 20 of 20
    "understated": 0.83,  # 21 of 24
    "idiom": 0.93,  # 63 of 66, one of them a false alarm
    "negation_of_risk": 0.84,  # 22 of 25
    "negation_of_aim": 0.72,  # 17 of 22
    "quoted_abuse": 0.68,  # 16 of 22
    "quoted_threat": 0.80,  # 17 of 20
    "story": 0.79,  # 20 of 24
    "past": 0.80,  # 17 of 20
    "sensitive_words_everyday": 0.84,  # 22 of 25
    "swearing": 0.90,  # 20 of 21
    "head_complained_of": 0.91,  # 23 of 24
    "head_wanted": 0.72,  # 17 of 22
    "other_heads": 0.77,  # 18 of 22
    "formal_wanted": 0.95,  # 20 of 20
    "a_chat_wanted": 0.95,  # 20 of 20
    "wish_not_grievance": 0.85,  # 19 of 21
    "voices": 0.85,  # 19 of 21
}
MOST_FALSE_ALARMS = 0.02
"""Of idioms, met as danger, despair or a risk to a child."""


@pytest.mark.parametrize("capability", FLOORS)
def test_a_capability_holds_its_floor(capability: str, path: Path) -> None:
    found = cases(capability)
    seen = path.steer([case.text for case in found])
    pairs = list(zip(found, seen, strict=True))
    failures = [(case.id, case.text, one) for case, one in pairs if not case.holds(one)]
    assert tell(capability, len(found), failures) >= FLOORS[capability]
    assert capability not in STATED or not unknown(failures)


def test_an_idiom_is_hardly_ever_met_as_a_danger(path: Path) -> None:
    found = cases("idiom")
    alarms = [
        case.text
        for case, seen in zip(found, path.steer([case.text for case in found]), strict=True)
        if seen.in_safety
    ]
    say(f"\nfalse alarms among idioms: {len(alarms)} of {len(found)}: {alarms}")
    assert len(alarms) <= len(found) * MOST_FALSE_ALARMS


def test_there_are_enough_capabilities_and_cases() -> None:
    assert {file.stem for file in (HERE / "cases").glob("*.jsonl")} == set(FLOORS)
    assert len(FLOORS) >= 12
    assert all(len(cases(capability)) >= 20 for capability in FLOORS)
    assert min(len(cases("idiom")), len(cases("open"))) >= 60


def test_no_case_names_anybody_of_the_school() -> None:
    texts = " ".join(case.text for capability in FLOORS for case in cases(capability))
    surnames = {person.name.split()[-1].lower() for person in SCHOOL.people}
    assert not surnames & set(re.findall(r"[a-z]+", texts.lower()))


def test_every_known_failure_is_one_of_the_cases_and_has_a_reason() -> None:
    ids = {case.id for capability in FLOORS for case in cases(capability)}
    ids |= {f"{change}: {case.id}" for change in ALL for case in (*base_messages(), *stated())}
    assert set(known()) <= ids
    assert all(len(why) > 20 for why in known().values())
