"""Complete forms: what would change the state of the desk if the answer were yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingMode, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

WHY = "A measurement asks."
DAY, LATER = "2026-12-08", "2026-12-15"
COLLEAGUE = "{colleague}"
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
    "campaigns.answer": {"step": "send"},
    "campaigns.link": {"name": "Shoes", "link-why": WHY},
    "campaigns.unlink": {"end-why": WHY},
    "colleague_login.make": {"who": COLLEAGUE},
    "desk.topic": {"topic": "bullying"},
    "desk_alerts.take": {"step": "note", "note-why": WHY},
    "desk_mail.settle": {"how": "again"},
    "desk_policy.take": {"step": "send", "on": DAY},
    "desk_remote.change": {"mode": MeetingMode.VIDEO.value},
    "desk_restrictions.decide": {"step": "send", "decision": "lifted"},
    "desk_restrictions.restrict": {"step": "send", "what": "comments", "on": DAY, "until": LATER},
    "alert_keeping.change": {"step": "hold", "hold-why": WHY, "on": DAY},
    "keeping.change": {"step": "hold", "hold-why": WHY, "on": DAY},
    "own_sign_in.prove": {"password": "velvet otter lamps"},
    "record.appeal": {"appeal": WHY},
    "their_data.open": {"name": "Dana Whitlock", "identity": "By passport."},
    "their_data.rule": {"act": "withhold"},
    "their_data.seal": {"read": "yes"},
    "chats.end": {"how": "answered"},
    "chats.offer": {"kind": "concern"},
    "chats.say": {"text": WHY},
}
ONLY_ASKS = frozenset({"case_lists.search"})
"""Sent as a form so that no address holds a name; it changes nothing."""
NEEDS_NONE = frozenset(
    {
        "chats.end_duty", "chats.take",
        "access.grant", "access.revoke", "access.recuse", "access.hand_over", "access.give_many",
        "case_lists.search", "case_lists.remove_view", "desk.note", "desk_alerts.acknowledge",
        "desk_calendar.make", "desk_calendar.end", "desk_meetings.note", "desk_meetings.hand_over",
        "desk_policy.begin", "desk_restrictions.appeal", "own_sign_in.make_codes",
        "own_sign_in.remove_app", "own_sign_in.start_app", "passkeys.new_options",
        "passkeys.remove", "reassign.give", "sessions.end", "sessions.end_all", "sign_in.leave",
        "their_data.choose", "their_data.erase",
    }
)  # fmt: skip
"""Routes of the desk whose form is what all forms have in common."""


def complete_form(route: str, colleague: str) -> dict[str, str]:
    """Return the fields of the route's form, filled in; ``colleague`` is whom it would name."""
    form = {**COMMON, "colleague": colleague, **FORMS.get(route, {})}
    return {name: colleague if each == COLLEAGUE else each for name, each in form.items()}
