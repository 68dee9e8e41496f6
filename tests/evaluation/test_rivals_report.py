"""The tables of the comparison, its targets, and its JSON."""

from __future__ import annotations

import json

from assistant.evaluation.rivals.asking import Asked
from assistant.evaluation.rivals.contest import OURS_BRAIN, OURS_WEB
from assistant.evaluation.rivals.figures import Measured
from assistant.evaluation.rivals.report import (
    LINES,
    as_json,
    figures_table,
    ratios,
    ratios_table,
    tabulate,
    targets,
)
from assistant.evaluation.rivals.training import Trained
from assistant.evaluation.scoring import Routed, routed

ROW = {"id": "e-1", "text": "he is cold", "accept": ["staff"], "reject": []}
RIGHT, WRONG = routed(ROW, "staff", ["ask"]), routed(ROW, "ask", [])


def one(name: str, results: list[Routed], rate: float, seconds: float) -> Measured:
    asked = Asked((), tuple([40.0] * len(results)), rate, 1000.0)
    scores = {"door": [0.125] * len(results)}
    return Measured(name, results, results, scores, Trained(seconds, 2 * seconds, 10**7), asked)


MEASURED = [
    one(OURS_WEB, [RIGHT] * 9 + [WRONG], 20, 40),
    one(OURS_BRAIN, [RIGHT] * 9 + [WRONG], 30, 40),
    one("Rasa default", [RIGHT] * 8 + [WRONG] * 2, 10, 400),
    one("other", [WRONG] * 10, 60, 100),
]
FIGURES = tabulate(MEASURED)


def test_the_table_has_a_line_for_every_figure_and_a_column_for_every_contender() -> None:
    lines = figures_table(FIGURES).splitlines()
    assert len(lines) == len(LINES) + 2
    assert all(name in lines[0] for name in FIGURES)
    accepted = next(line for line in lines if line.startswith("accepted, %"))
    assert accepted.split()[-4:] == ["90.0", "90.0", "80.0", "0.0"]
    unknown = next(line for line in lines if line.startswith("out of scope"))
    assert unknown.split()[-4:] == ["–"] * 4


def test_ratios_are_ours_to_the_rivals_and_speed_is_told_for_both_of_ours() -> None:
    found = ratios(FIGURES)
    assert found["accepted (ours, web)"] == {"Rasa default": 1.125, "other": None}
    assert found["turns a second, 8 callers (ours, web)"]["Rasa default"] == 2
    assert found["turns a second, 8 callers (ours, brain)"]["Rasa default"] == 3
    assert found["training (ours, web)"] == {"Rasa default": 0.1, "other": 0.4}
    assert "1.12" in ratios_table(FIGURES)


def test_targets_are_kept_at_their_limits_and_missed_beyond_them() -> None:
    kept = [target.kept for target in targets(FIGURES, "Rasa default")]
    assert kept == [True, True, True]
    missed = [target.kept for target in targets(FIGURES, "other")]
    assert missed == [True, False, False]


def test_the_better_of_what_a_rival_heard_and_answered_is_the_one_to_beat() -> None:
    figures = {**FIGURES, "Rasa default": {**FIGURES["Rasa default"], "served": 85.0}}
    more = targets(figures, "Rasa default")[0]
    assert (more.value, more.kept) == (5, False)


def test_the_json_holds_figures_ratios_words_and_every_message() -> None:
    report = json.loads(json.dumps(as_json(MEASURED, FIGURES)))
    assert report["figures"]["Rasa default"]["training"] == 400
    assert report["units"]["training"] == "s"
    assert "Turns" in report["words"]
    assert report["messages"][OURS_WEB][0] == {
        "id": "e-1",
        "channel": "staff",
        "alternatives": ["ask"],
        "answered": "staff",
        "ms": 40.0,
        "out_of_scope": {"door": 0.125},
    }
