"""Complete forms: what would change the state of the desk if the answer were yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

WHY = "A measurement asks."
DAY = "2026-12-08"
COMMON = {"note": WHY, "why": WHY, "reason": WHY, "words": WHY, "message": WHY}
FORMS: Mapping[str, Mapping[str, str]] = {
    "desk.status": {"status": "acknowledged"},
    "desk_steps.take": {"step": "pause", "pause-why": WHY, "on": DAY},
    "desk_letters.send": {"step": "send"},
    "desk_meetings.mark": {"status": "attended"},
    "desk_propose.propose": {"time": f"{DAY}T11:00:00+00:00"},
    "availability.change": {"do": "date", "date-on": "9 December 2026", "date-kind": "blocked"},
    "case_lists.save_view": {"name": "Late ones", "query": "due=late"},
    "take_down.save": {"way": "phone", "kind": "concern", "name": "Dana", "phone": "07700 900123"},
    "sign_in.password_save": {"password": "velvet otter lamps", "again": "velvet otter lamps"},
    "meet.answer": {"about": "nobody", "group": "4B", "matter": WHY},
    "access.give_leaver": {"leaver": Role.CLERK.value},
}
ONLY_ASKS = frozenset({"case_lists.search"})
"""Sent as a form so that no address holds a name; it changes nothing."""
NEEDS_NONE = frozenset(
    {
        "access.grant", "access.revoke", "access.recuse", "access.hand_over", "access.give_many",
        "case_lists.search", "case_lists.remove_view", "desk.acknowledge", "desk.note",
        "desk_calendar.make", "desk_calendar.end", "desk_meetings.note", "desk_meetings.hand_over",
        "reassign.give", "sign_in.leave",
    }
)  # fmt: skip
"""Routes of the desk whose form is what all forms have in common."""


def complete_form(route: str, colleague: str) -> dict[str, str]:
    """Return the fields of the route's form, filled in; ``colleague`` is whom it would name."""
    return {**COMMON, "colleague": colleague, **FORMS.get(route, {})}
