"""Whom to meet, and how: the person, the way, and what makes it possible for this parent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import MeetingMode, Role
from assistant.casework.resources import interpreters_for
from assistant.casework.talks import TalkAbout, reason_to_meet
from assistant.services.draft_people import chosen_subjects, hosts_for_draft
from assistant.services.shapes import Needs
from assistant.services.visit_restrictions import restriction_for

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


def how_shown(desk: Desk, answers: Answers) -> dict[str, Any]:
    """Return the ways that are open to this parent and the languages of the interpreters."""
    modes = [mode for mode in MeetingMode if not is_refused(desk, answers, mode.value)]
    return {
        "modes": modes,
        "languages": languages(desk),
        "remote_only": MeetingMode.IN_PERSON not in modes,
    }


def how_problems(desk: Desk, answers: Answers, typed: dict[str, str]) -> dict[str, str]:
    """Return what is missing."""
    found = {}
    if typed["mode"] not in {mode.value for mode in MeetingMode}:
        found["mode"] = "Choose how you would like to talk"
    elif is_refused(desk, answers, typed["mode"]):
        found["mode"] = "Choose phone or video"
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


def is_refused(desk: Desk, answers: Answers, mode: str) -> bool:
    """Tell whether the parent may not come in for now, and ``mode`` would have them come."""
    visits = mode == MeetingMode.IN_PERSON.value
    return visits and restriction_for(desk, answers.contact) is not None


def languages(desk: Desk) -> tuple[str, ...]:
    """Return the languages for which the school has an interpreter."""
    return desk.school.interpreters


def found_with(desk: Desk, mode: MeetingMode | None, needs: Needs) -> tuple[str, ...]:
    """Return what the times on a page are free for beside the host, one sentence each."""
    said = []
    if needs.interpreter and interpreters_for(desk.school, needs.interpreter):
        said.append(f"An interpreter for {needs.interpreter} is free at these times too.")
    elif needs.interpreter:
        said.append(f"The school will arrange an interpreter for {needs.interpreter}.")
    if needs.step_free and mode is MeetingMode.IN_PERSON and desk.school.rooms:
        said.append("A room without steps is free too.")
    return tuple(said)


def _choice(host: HostOffer) -> dict[str, str]:
    role = next(role for role in Role if role.label == host.role_label)
    by_clerk = host.through_clerk and role is not Role.CLERK
    through = " You meet through the clerk to governors." if by_clerk else ""
    return {
        "value": host.staff_id,
        "text": f"{host.name}, {host.role_label}",
        "hint": reason_to_meet(role) + through,
    }
