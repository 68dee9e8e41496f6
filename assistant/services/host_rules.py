"""How long, how soon and how often each host meets: the role's rules and the host's own on top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from assistant.store.meeting_tables import HostTerms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from assistant.casework.school_shapes import MeetingRules
    from assistant.services.desk import Desk

TERMS = ("minutes", "buffer_minutes", "notice_hours", "horizon_days", "daily_cap")
"""The numbers of ``MeetingRules`` that hosts may set for themselves."""


def rules_of(desk: Desk, session: Session, host_ids: Sequence[str]) -> dict[str, MeetingRules]:
    """Return the rules of the hosts (ids of people in the school file), in one query."""
    table = HostTerms
    mine = select(table.staff_id, *(getattr(table, name) for name in TERMS))
    own = session.execute(mine.where(table.staff_id.in_(host_ids)))
    numbers = {staff_id: dict(zip(TERMS, terms, strict=True)) for staff_id, *terms in own}
    return {
        host_id: _with_terms(desk.school.rules_for(person), numbers.get(host_id, {}))
        for host_id, person in ((each, desk.school.person(each)) for each in host_ids)
    }


def _with_terms(rules: MeetingRules, own: Mapping[str, int | None]) -> MeetingRules:
    changes: dict[str, Any] = {name: each for name, each in own.items() if each is not None}
    return replace(rules, **changes) if changes else rules
