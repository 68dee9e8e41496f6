"""What a parent has told us so far, gathered from every turn so that nothing is asked twice."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from actions.refusals import keep_refusals
from assistant.casework.calendar import to_london
from assistant.casework.details import is_yes, read_details
from assistant.casework.questions import is_sure
from assistant.casework.times import Window, find_time
from assistant.services.shapes import Child, Contact, Needs
from assistant.services.who_is_meant import who_is_meant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actions.turn import Turn
    from assistant.casework.reading import Reading
    from assistant.casework.times import TimeReading

EXPECTS = {
    "child": "child",
    "when": "when",
    "new_when": "when",
    "contact": "contact",
    "statement": "statement",
    "outcome_wanted": "outcome",
    "meeting_confirmed": "confirm",
    "complaint_confirmed": "confirm",
    "change_confirmed": "confirm",
}
"""What a form's slot expects, in the words that the details reader knows."""

KEPT = (
    "child_name",
    "year",
    "class_name",
    "parent_name",
    "phone",
    "email",
    "role_wanted",
    "mode",
    "interpreter",
    "supporter",
    "step_free",
    "both_parents",
    "safe_contact",
    "unsafe_channel",
    "anonymous",
)
"""The details that are kept for the form; the rest is used in the turn it was said."""

STORY_ACTS = frozenset(
    {"vent", "complain", "book", "ask_channel", "threat_to_post", "posted", "ask_info"}
)
"""Acts whose words belong to the parent's account of what happened."""

YEARS_BY_NAME = {"Nursery": 0, "Reception": 0, "Sixth form": 12}

SAME_TIME = re.compile(r"\bsame time\b", re.IGNORECASE)
HALF_AN_HOUR = timedelta(minutes=30)
STORY_WORDS = 20
"""With a name, number or time in it, a message of fewer words answers us and tells no story."""

SHORT_QUESTION = 15
"""A question about how this works of so few words tells nothing of what happened."""

ENOUGH_WORDS = 4
"""A message of fewer words tells nothing that a reader of the account would miss."""


def gather(turn: Turn) -> None:
    """Keep the details, the people meant and the account that this turn adds."""
    if not turn.text:
        return
    _keep_details(turn)
    _keep_people(turn)
    keep_refusals(turn)
    if _tells(turn):
        _keep_account(turn)


def _tells(turn: Turn) -> bool:
    """Whether the words belong to the account: not an answer to one of our own questions."""
    if turn.requested == "statement":
        return bool(turn.text)
    asked = {"book", "inform", "ask_channel"} if turn.form else set()
    words = turn.reading.words or len(turn.text.split())
    if words <= SHORT_QUESTION and turn.text.rstrip().endswith("?") and is_sure(turn.text):
        return False
    answers = learned(turn) or time_of(turn, asked=False) is not None
    if answers and turn.tracker.get_slot("door") and words < STORY_WORDS:
        return False
    return turn.intent in STORY_ACTS - asked and words >= ENOUGH_WORDS


def learned(turn: Turn) -> bool:
    """Whether this turn told a name, a class or a number that was not known before."""
    return bool(turn.slot("details") != turn.tracker.get_slot("details"))


def _keep_details(turn: Turn) -> None:
    found = read_details(
        turn.text, expects=EXPECTS.get(turn.requested or ""), people=turn.reading.people
    )
    known = merged(details_of(turn), asdict(found))
    if turn.requested == "contact" and (found.phone or found.email):
        known.setdefault("safe_contact", True)  # a way that is safe is what was asked for
    turn.keep(details=known)


def merged(known: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known with what was found now; later words win, silence changes nothing."""
    kept = {**known, **{name: plain(found[name]) for name in KEPT if given(found.get(name))}}
    corrected = found.get("correction")
    if corrected:
        kept[corrected["field"]] = corrected["value"]
    ending = found.get("phone_ending")
    if ending and kept.get("phone"):
        kept["phone"] = kept["phone"][: -len(ending)] + ending
    return kept


def given(value: object) -> bool:
    """Whether a field was said at all; False is an answer, None is silence."""
    return value is not None and value not in ("", ())


def plain(value: object) -> object:
    """Return a value as JSON keeps it."""
    return value.value if isinstance(value, Enum) else value


def _keep_people(turn: Turn) -> None:
    later = turn.slot("last_channel") is not None
    meant = who_is_meant(turn.desk, text=turn.text, reading=turn.reading, later=later)
    subjects = sorted({*(turn.slot("subjects") or ()), *meant.subjects})
    wanted = meant.wanted or turn.slot("wanted_staff")
    turn.keep(subjects=subjects, wanted_staff=None if wanted in subjects else wanted)


def _keep_account(turn: Turn) -> None:
    number = turn_number(turn)
    told = turn.slot("matter") or []
    if number not in told:
        turn.keep(matter=[*told, number])


def turn_number(turn: Turn) -> int:
    """Return the number of this turn in the transcript."""
    return int((turn.tracker.latest_message.get("metadata") or {}).get("turn") or 0)


def details_of(turn: Turn) -> dict[str, Any]:
    """Return everything personal that the parent has given."""
    return dict(turn.slot("details") or {})


def contact_of(turn: Turn) -> Contact:
    """Return how to reach the parent."""
    known = details_of(turn)
    return Contact(
        name=known.get("parent_name") or "",
        phone=known.get("phone") or "",
        email=known.get("email") or "",
        safe=known.get("safe_contact"),
    )


def child_of(turn: Turn) -> Child:
    """Return the child as named so far."""
    known = details_of(turn)
    return Child(
        name=known.get("child_name") or "",
        year=year_number(known.get("year")),
        class_name=known.get("class_name") or "",
    )


def year_number(label: str | None) -> int | None:
    """Return ``Year 5`` as 5; Reception and Nursery are 0, the sixth form is 12."""
    if not label:
        return None
    digits = "".join(letter for letter in label if letter.isdigit())
    return int(digits) if digits else YEARS_BY_NAME.get(label)


def needs_of(turn: Turn) -> Needs:
    """Return what the parent needs to take part."""
    known = details_of(turn)
    return Needs(
        interpreter=known.get("interpreter"),
        supporter=bool(known.get("supporter")),
        step_free=bool(known.get("step_free")),
        both_parents=bool(known.get("both_parents")),
    )


def time_of(turn: Turn, *, asked: bool) -> TimeReading | None:
    """Return the time that the message wishes for; ``asked`` when it answers our question."""
    if not turn.text:
        return None
    return find_time(turn.text, turn.now, turn.desk.calendar, asked=asked)


def at_the_same_time(
    turn: Turn, wish: TimeReading | None, start: datetime | None
) -> TimeReading | None:
    """Narrow whole days to the time of day of ``start``, when the parent asks for the same time."""
    if wish is None or start is None or not SAME_TIME.search(turn.text):
        return wish
    clock = to_london(start).timetz()
    begins = [datetime.combine(one.start.date(), clock) for one in wish.windows]
    windows = tuple(Window(begin, begin + HALF_AN_HOUR) for begin in begins)
    return replace(wish, windows=windows)


def agrees_to(turn: Turn, wish: TimeReading | None, start: str) -> bool:
    """Whether a yes names the very time that was proposed, such as ``yes monday``."""
    words = turn.text.split()
    said_yes = bool(words) and is_yes(words[0].strip(",.!"))
    proposed = datetime.fromisoformat(start)
    return (
        said_yes
        and wish is not None
        and any(window.start <= proposed < window.end for window in wish.windows)
    )


def leading(scores: Mapping[str, float], *, at_least: float = 0.4) -> str:
    """Return the strongest signal, or nothing where none is strong enough."""
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] >= at_least else ""


def has_told(reading: Reading) -> bool:
    """Whether the message says what it is about, beyond asking for a route."""
    return leading(reading.topics) not in {"", "none"}
