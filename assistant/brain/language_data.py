"""The labelled language in `data/language/*.jsonl`: one message a line, with its signals.

Two kinds of row: with every signal, or with the channel alone (then the other heads learn nothing
from it). A trainer's mistake is answered with the file, the line and what is allowed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.casework.kinds import Channel

FOLDER = Path("data/language")
DOORS = tuple(channel.value for channel in Channel)
RISKS = ("none", "concern", "danger_now", "parent_crisis", "threat_to_person")
LABELS = tuple(
    """
    vent ask_channel book complain status change human delete ask_policy ask_info threat_to_post
    posted disclose crisis abuse greet thanks bot_question answer nonsense other
    """.split()
)
_RISK_ACTS = {"danger_now": "danger", "parent_crisis": "crisis", "threat_to_person": "threat"}
VALUES: Mapping[str, tuple[str, ...]] = {
    "topics": tuple(
        """
        bullying friendship behaviour_sanction isolation exclusion uniform phone toilets injury
        medical_allergy communication homework reading_progress sets_grades exams sen_support ehcp
        attendance_fine absence supply_staffing teacher_conduct favouritism trip_money lunch
        lost_property pe_kit parking_gates other_parents social_media racism_discrimination
        rse_religion photos_data club_wraparound events transport admissions transition
        school_refusal whole_school_change governance safeguarding_family safeguarding_school
        online_harm wellbeing_parent none
        """.split()
    ),
    "about": tuple(
        """
        teacher ta office senco head_of_year headteacher governor trust other_parent other_child
        own_family outside school_general self none
        """.split()
    ),
    "wanted": tuple("heard answer action apology formal anonymity human information none".split()),
    "tried": tuple("none staff head governors formal outside".split()),
}
"""The signals of which a message may carry several, and what each may be."""


class LanguageDataError(ValueError):
    """A row of the labelled language cannot be used; the message names the file and the line."""


@dataclass(frozen=True)
class Row:
    """One labelled message; `signals` is None where only the channel is known."""

    text: str
    channel: str
    also: tuple[str, ...]
    hand: str
    act: str | None
    signals: Mapping[str, Any] | None


def read_folder(folder: Path) -> list[Row]:
    """Return the rows of every `*.jsonl`, files by name; a text counts once, the fuller row."""
    rows: dict[str, Row] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for row in read_file(path):
            if row.signals is not None or row.text not in rows:
                rows[row.text] = row
    return list(rows.values())


def read_file(path: Path) -> list[Row]:
    """Return the rows of one file; raises `LanguageDataError`."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line), path.stem))
        except (ValueError, KeyError) as problem:
            message = f"{path}, line {number}: {_explain(problem)}"
            raise LanguageDataError(message) from problem
    return rows


def act_of(data: Mapping[str, Any]) -> str:
    """Return the intent of a row with signals: what is urgent comes before what is said."""
    if data["risk"] in _RISK_ACTS:
        return _RISK_ACTS[data["risk"]]
    if data["act"] == "answer":
        return "inform"
    if data["act"] == "other":
        return "out_of_scope" if data["channel"] == "out_of_scope" else "vent"
    return str(data["act"])


def _row(data: Mapping[str, Any], stem: str) -> Row:
    for door in (data["channel"], *data.get("also", ())):
        _allowed("channel", door, DOORS)
    full = "act" in data
    if full:
        _allowed("act", data["act"], LABELS)
        _allowed("risk", data["risk"], RISKS)
        for name, known in VALUES.items():
            for value in data[name]:
                _allowed(name, value, known)
    signals: dict[str, Any] | None = {name: list(data[name]) for name in VALUES} if full else None
    if signals is not None:
        signals |= {"risk": data["risk"], "abuse": bool(data["abuse"])}
    return Row(
        text=str(data["text"]),
        channel=data["channel"],
        also=tuple(data.get("also", ())),
        hand=str(data.get("hand", stem)),
        act=act_of(data) if full else None,
        signals=signals,
    )


def _allowed(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        message = f"{name} is {value!r}; it must be one of {', '.join(known)}."
        raise ValueError(message)


def _explain(problem: Exception) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return "this is not a JSON object on one line."
    return f"the field {problem} is missing." if isinstance(problem, KeyError) else str(problem)
