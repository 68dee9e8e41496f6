"""Whom to meet, and how: the person, the way, and what makes it possible for this parent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.talks import TalkAbout, reason_to_meet
from assistant.services.draft_people import chosen_subjects, hosts_for_draft
from assistant.services.shapes import Needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.services.desk import Desk
    from assistant.services.draft_answers import Answers
    from assistant.services.offer_hosts import HostOffer

    Change = Callable[[Answers], Answers]

HOW_FIELDS = ("mode", "interpreter", "step_free", "supporter", "parents")
BOTH = "both"
YES = "yes"


def who_shown(desk: Desk, answers: Answers) -> dict[str, Any]:
    """Return who may be chosen, best first, and whether a name was typed that nobody has."""
    unknown = answers.about == TalkAbout.STAFF.value and not chosen_subjects(desk, answers)
    return {
        "hosts": [_choice(host) for host in hosts_for_draft(desk, answers)],
        "unknown": unknown,
        "named": answers.named,
    }


def who_problems(desk: Desk, answers: Answers, typed: dict[str, str]) -> dict[str, str]:
    """Return a sentence when nobody who may be chosen was chosen."""
    allowed = {host.staff_id for host in hosts_for_draft(desk, answers)}
    return {} if typed["host"] in allowed else {"host": "Choose who you would like to talk to"}


def who_change(desk: Desk, typed: dict[str, str]) -> Change:
    """Keep the person; another person has other times."""

    def change(answers: Answers) -> Answers:
        chosen = next(
            host for host in hosts_for_draft(desk, answers) if host.staff_id == typed["host"]
        )
        kept = answers if answers.host_id == chosen.staff_id else answers.without_time()
        return replace(kept, host_id=chosen.staff_id, channel=chosen.channel)

    return change


def how_written(answers: Answers) -> dict[str, str]:
    """Return what the page's fields hold."""
    needs = answers.needs
    return {
        "mode": answers.mode,
        "interpreter": needs.interpreter or "",
        "step_free": YES if needs.step_free else "",
        "supporter": YES if needs.supporter else "",
        "parents": BOTH if needs.both_parents else "one",
    }


def how_shown(desk: Desk, _answers: Answers) -> dict[str, Any]:
    """Return the ways to meet and the languages of the school's interpreters."""
    return {"modes": list(MeetingMode), "languages": languages(desk)}


def how_problems(desk: Desk, _answers: Answers, typed: dict[str, str]) -> dict[str, str]:
    """Return what is missing."""
    found = {}
    if typed["mode"] not in {mode.value for mode in MeetingMode}:
        found["mode"] = "Choose how you would like to talk"
    if typed["interpreter"] and typed["interpreter"] not in languages(desk):
        found["interpreter"] = "Choose a language from the list, or ring us"
    return found


def how_change(_desk: Desk, typed: dict[str, str]) -> Change:
    """Keep the way and the needs; with others, another time may be free."""
    needs = Needs(
        interpreter=typed["interpreter"] or None,
        supporter=typed["supporter"] == YES,
        step_free=typed["step_free"] == YES,
        both_parents=typed["parents"] == BOTH,
    )

    def change(answers: Answers) -> Answers:
        same = (answers.mode, answers.needs) == (typed["mode"], needs)
        kept = answers if same else answers.without_time()
        return replace(kept, mode=typed["mode"], needs=needs)

    return change


def languages(desk: Desk) -> tuple[str, ...]:
    """Return the languages for which the school has an interpreter."""
    return desk.school.interpreters


def _choice(host: HostOffer) -> dict[str, str]:
    role = next(role for role in Role if role.label == host.role_label)
    by_clerk = host.through_clerk and role is not Role.CLERK
    through = " You meet through the clerk to governors." if by_clerk else ""
    return {
        "value": host.staff_id,
        "text": f"{host.name}, {host.role_label}",
        "hint": reason_to_meet(role) + through,
    }
