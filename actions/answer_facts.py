"""What written answers quote from the school's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.casework.kinds import CaseKind, ClockType, Role
from assistant.casework.retention import in_words
from assistant.casework.wording import say_date, say_list

if TYPE_CHECKING:
    from assistant.casework.school import School
    from assistant.casework.school_shapes import Stage

PANEL = {
    "maintained": "normally three governors who had no part in it",
    "academy": "at least three people who had no part in it, one of them from outside",
}
"""Kind of school to who sits on a panel."""

WHO_MAY = {
    "maintained": "Anyone may complain, also grandparents, carers and neighbours.",
    "academy": "The complaints procedure is for parents and carers of pupils here. Anyone else "
    "can still raise something with the school.",
}
"""Kind of school to who may complain."""

DAYS_COUNTED = {
    ClockType.SCHOOL_DAYS: "Weekends and school holidays do not count.",
    ClockType.WORKING_DAYS: "Weekends and bank holidays do not count; other holidays do.",
    ClockType.CALENDAR_DAYS: "Every day counts.",
}
"""Clock to what it leaves out."""


def facts_of_school(school: School) -> dict[str, Any]:
    """Return the facts for the blanks of every written answer."""
    return {
        **_of_policies(school),
        **_of_complaints(school),
        **_of_meetings(school),
        **_of_data(school),
    }


def _of_policies(school: School) -> dict[str, Any]:
    policy = school.social_media_policy
    return {
        "policy_title": policy.title,
        "policy_gist": " ".join(policy.gist),
        "policy_link": policy.url,
        "policy_agreed": say_date(policy.agreed_on),
        "policy_review": say_date(policy.review_on),
        "website": school.website,
    }


def _of_complaints(school: School) -> dict[str, Any]:
    formal = school.first_stage(CaseKind.COMPLAINT)
    routes = {route.id: route.contact for route in school.outside_routes}
    return {
        "stages": "\n".join(f"{stage.name}: {say_days(stage)}" for stage in steps_of(school)),
        "formal_days": formal.reply_days,
        "acknowledge_days": formal.acknowledge_days,
        "escalate_days": formal.escalate_days,
        "formal_handler": formal.handler.label,
        "days": formal.clock.label,
        "days_counted": DAYS_COUNTED[formal.clock],
        "panel": PANEL[school.kind],
        "who_may": WHO_MAY[school.kind],
        "department": routes.get("department", "gov.uk"),
    }


def _of_meetings(school: School) -> dict[str, Any]:
    minutes = sorted({rules.minutes for rules in school.meeting_rules})
    return {
        "meeting_minutes": f"{minutes[0]} to {minutes[-1]}" if minutes[1:] else minutes[0],
        "meeting_place": say_list([room.name for room in school.rooms], joiner="or")
        or school.meeting_place,
    }


def _of_data(school: School) -> dict[str, Any]:
    officer = next(iter(school.with_role(Role.DATA_PROTECTION_OFFICER)), None)
    ways = (officer.email, officer.phone) if officer else (school.email, school.phone)
    return {
        "dpo_name": officer.known_as if officer else "through the school office",
        "dpo_contact": ", ".join(way for way in ways if way),
        "kept": "\n".join(f"{what}: {how_long}." for what, how_long in in_words(school.retention)),
        "privacy_link": "/privacy",
    }


def steps_of(school: School) -> list[Stage]:
    """Return the stages that a concern can go through, in order."""
    steps: list[Stage] = []
    for stage in school.stages:
        begins = {CaseKind.CONCERN, CaseKind.COMPLAINT} & set(stage.starts)
        if begins or (steps and not stage.starts):
            steps.append(stage)
    return steps


def say_days(stage: Stage) -> str:
    """Return how long a stage takes, such as ``an answer within 15 school days``."""
    return f"an answer within {stage.reply_days} {stage.clock.label}"
