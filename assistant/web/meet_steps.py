"""The booking pages in their order: what each asks, what must be mended, what it changes.

A step knows nothing of requests: it turns what was typed into a change of the draft's answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.services.draft_people import hosts_for_draft, unsettled_names
from assistant.web import meet_contact, meet_matter, meet_ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.draft_answers import Answers

Typed = dict[str, str]
"""What stands in the fields of a page, by their names."""

ORDER = ("about", "named", "who", "how", "when", "details", "check")
NUMBERED = ("about", "who", "how", "when", "details", "check")
"""The steps that a parent counts; ``named`` is asked only where it is needed."""


@dataclass(frozen=True)
class Step:
    """One page: its fields, what it shows beside them, and what becomes of what was typed.

    ``shown`` and ``problems`` may look things up; ``problems`` are sentences by field, and empty
    when ``change`` may be made.
    """

    name: str
    fields: Callable[[Desk, Answers], tuple[str, ...]]
    written: Callable[[Answers], Typed]
    shown: Callable[[Desk, Answers], dict[str, Any]]
    problems: Callable[[Desk, Answers, Typed], Typed]
    change: Callable[[Desk, Typed], Callable[[Answers], Answers]]


STEPS = {
    "about": Step(
        "about",
        lambda _desk, _answers: meet_matter.ABOUT_FIELDS,
        meet_matter.about_written,
        meet_matter.about_shown,
        meet_matter.about_problems,
        meet_matter.about_change,
    ),
    "named": Step(
        "named",
        meet_matter.named_fields,
        lambda _answers: {},
        meet_matter.named_shown,
        meet_matter.named_problems,
        meet_matter.named_change,
    ),
    "who": Step(
        "who",
        lambda _desk, _answers: ("host",),
        lambda answers: {"host": answers.host_id},
        meet_ways.who_shown,
        meet_ways.who_problems,
        meet_ways.who_change,
    ),
    "how": Step(
        "how",
        lambda _desk, _answers: meet_ways.HOW_FIELDS,
        meet_ways.how_written,
        meet_ways.how_shown,
        meet_ways.how_problems,
        meet_ways.how_change,
    ),
    "details": Step(
        "details",
        lambda _desk, _answers: meet_contact.FIELDS,
        meet_contact.written,
        meet_contact.shown,
        meet_contact.problems,
        meet_contact.change,
    ),
}
"""The pages of one kind; choosing a time and checking have handlers of their own."""


def next_step(desk: Desk, answers: Answers) -> str:
    """Return the first step that still lacks an answer, ``check`` when none does."""
    if not answers.about:
        return "about"
    if unsettled_names(desk, answers):
        return "named"
    if answers.host_id not in {host.staff_id for host in hosts_for_draft(desk, answers)}:
        return "who"
    if not answers.mode or meet_ways.is_refused(desk, answers, answers.mode):
        return "how"
    if answers.starts_at is None:
        return "when"
    lacking = meet_contact.problems(desk, answers, meet_contact.written(answers))
    return "details" if lacking else "check"


def may_show(step: str, first_open: str) -> bool:
    """Tell whether every step before ``step`` is answered."""
    return ORDER.index(step) <= ORDER.index(first_open)


def before(step: str) -> str:
    """Return the step that the way back leads to; empty before the first and after the last."""
    earlier = NUMBERED[: NUMBERED.index(step)] if step in NUMBERED else NUMBERED[:1]
    return earlier[-1] if earlier and step in ORDER else ""


def number_of(step: str) -> int:
    """Return the step's number as a parent counts."""
    return NUMBERED.index(step) + 1 if step in NUMBERED else 1
