"""How steps over a post and restrictions read in the story of a case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from assistant.casework.policy_steps import AppealDecision, PolicyStep, RestrictedUse
from assistant.casework.restriction_words import say_whole_date
from assistant.services.turns import PARENT

if TYPE_CHECKING:
    from assistant.store.history import PastEvent

STEP_TAKEN = "case.policy_step"
RESTRICTED = "case.use_restricted"
DECIDED = "case.restriction_decided"
APPEALED = "case.restriction_appealed"
EXPIRED = "case.restriction_expired"


def policy_did(event: PastEvent) -> str:
    """Return what a member of staff did, after their name; empty for every other event."""
    details = event.details
    if event.kind == STEP_TAKEN:
        return f"took the step “{PolicyStep(details['step']).label}”"
    if event.kind == RESTRICTED:
        return f"closed {_what(event)} to the parent until {_day(details['until'])}"
    if event.kind == DECIDED:
        decision = AppealDecision(details["decision"]).label
        over = "the appeal about" if details["appeal"] else "about"
        return f"decided {over} {_what(event)}: “{decision}”"
    if event.kind == APPEALED and event.actor != PARENT:
        return f"took down the parent’s wish that somebody else looks at {_what(event)}"
    return ""


def policy_title(event: PastEvent) -> str:
    """Return the title of what the parent did, or what came by itself; empty for others."""
    if event.kind == APPEALED:
        return f"The parent asked that somebody else looks at this again: {_what(event)}"
    if event.kind == EXPIRED:
        return f"It ended by itself, and is open to the parent again: {_what(event)}"
    return ""


def policy_words(event: PastEvent) -> str:
    """Return what stands below the reason of a step; empty for every other event."""
    if event.kind != STEP_TAKEN:
        return ""
    again = f"To be looked at again on {_day(event.details['review_on'])}."
    return f"{again}\nThe parent was not told of it then." if is_untold(event) else again


def is_untold(event: PastEvent) -> bool:
    """Tell whether it is a step of which the parent was not told when it was taken."""
    return event.kind == STEP_TAKEN and not event.details["told"]


def _what(event: PastEvent) -> str:
    return RestrictedUse(event.details["what"]).label


def _day(text: str) -> str:
    return say_whole_date(date.fromisoformat(text))
