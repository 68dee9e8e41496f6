"""What the tests of drafts share: one parent's answers, one Wednesday time."""

from __future__ import annotations

from dataclasses import replace

from assistant.casework.kinds import MeetingMode
from assistant.services.desk import Desk
from assistant.services.draft_answers import Answers
from assistant.services.hold_draft_time import hold_draft_time
from assistant.services.shapes import Child, Contact, Needs
from assistant.services.start_draft import start_draft
from tests.services.bookings import HALF_PAST_NINE, HOST

FILLED = Answers(
    matter="Her reading at home is going badly.",
    about="nobody",
    host_id=HOST,
    channel="staff",
    mode=MeetingMode.IN_PERSON.value,
    note="She hides her book.",
    child=Child("Robin", 4, "4B"),
    needs=Needs(supporter=True),
    contact=Contact("Sam Parent", "07700 900123", "sam@parent.example", safe=True),
)


def drafted(desk: Desk, key: str = "draft", **changes: object) -> str:
    """Start a draft that lacks a time; return its token."""
    answers = replace(FILLED, **changes)  # type: ignore[arg-type]
    return start_draft(desk, idempotency_key=key, answers=answers)


def ready(desk: Desk, key: str = "draft") -> str:
    """Start a draft that lacks nothing; return its token."""
    token = drafted(desk, key)
    hold_draft_time(desk, token=token, starts_at=HALF_PAST_NINE)
    return token
