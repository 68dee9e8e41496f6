"""A social media follow-up, and what is decided over it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.casework.kinds import CaseKind, Channel
from assistant.casework.policy_steps import AppealDecision, PolicyStep, RestrictedUse
from assistant.services.decide_restriction import decide_restriction
from assistant.services.desk import Desk
from assistant.services.restrict_use import restrict_use
from assistant.services.shapes import CaseReceipt, Contact
from assistant.services.take_policy_step import take_policy_step
from assistant.services.view_policy import UseView, view_policy
from tests.services.filings import CHAIR, HEAD, file_case

ONE_DATABASE = pytest.mark.parametrize("fresh_database", ["sqlite"], indirect=True)
"""For rules that no database changes: half a second instead of two."""

REASON = "The post names a child of Year 4."
NOTICE = "We would like to talk with you on Thursday."
REVIEW, END = date(2026, 12, 15), date(2027, 1, 29)


def follow_up(desk: Desk, key: str = "post", **changed: Any) -> CaseReceipt:
    """Open a social media follow-up."""
    kind = {"kind": CaseKind.SOCIAL_MEDIA, "channel": Channel.POLICY}
    return file_case(desk, key, **(kind | changed))


def take(desk: Desk, reference: str, **changed: Any) -> None:
    """Take a step, a talk by the head unless told otherwise."""
    wish: dict[str, Any] = {
        "staff_id": HEAD,
        "reference": reference,
        "step": PolicyStep.TALK,
        "reason": REASON,
        "review_on": REVIEW,
        "notice": NOTICE,
        "idempotency_key": "step",
    }
    take_policy_step(desk, **(wish | changed))


def close(desk: Desk, reference: str, **changed: Any) -> None:
    """Close the chat, unless told otherwise."""
    wish: dict[str, Any] = {
        "staff_id": HEAD,
        "reference": reference,
        "what": RestrictedUse.CHAT,
        "reason": REASON,
        "review_on": REVIEW,
        "expires_on": END,
        "notice": "For now we ask you not to use the chat.",
        "idempotency_key": "close",
    }
    restrict_use(desk, **(wish | changed))


def decide(desk: Desk, reference: str, **changed: Any) -> None:
    """End a restriction as the chair, unless told otherwise."""
    wish: dict[str, Any] = {
        "staff_id": CHAIR,
        "reference": reference,
        "decision": AppealDecision.LIFTED,
        "why": "We talked.",
        "notice": "You can use the chat again.",
        "on": None,
        "idempotency_key": "decide",
    }
    decide_restriction(desk, **(wish | changed))


def use_of(desk: Desk, reference: str, staff_id: str = HEAD) -> UseView:
    """Return the case's only restriction as that person sees it."""
    (use,) = view_policy(desk, staff_id, reference).uses
    return use


def close_visits(desk: Desk, key: str = "visits", *, contact: Contact, until: date) -> str:
    """Ask a parent not to come in, over a complaint of theirs; return its reference."""
    case = file_case(desk, key, contact=contact)
    days = {"review_on": until, "expires_on": until}
    close(desk, case.reference, what=RestrictedUse.VISITS, **days)
    return case.reference
