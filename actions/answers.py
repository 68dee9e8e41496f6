"""Written answers and outside routes: which one is asked for, with the school's own facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.gathering import leading
from assistant.casework.kinds import CaseKind, ClockType
from assistant.casework.questions import GENERAL, TOPIC_ROUTES, which_answer, which_outside_routes

if TYPE_CHECKING:
    from actions.turn import Turn
    from assistant.casework.school_shapes import OutsideRoute, Stage


def answer_for(turn: Turn) -> tuple[str, dict[str, Any]]:
    """Return the reply that answers the question, with the facts for its blanks."""
    name = which_answer(turn.text)
    if name == GENERAL and turn.slot("last_answer"):
        name = "no_more"
    turn.keep(last_answer=name)
    return f"utter_answer_{name}", facts_of(turn)


def facts_of(turn: Turn) -> dict[str, Any]:
    """Return what written answers quote from the school's settings."""
    school = turn.desk.school
    policy, formal = school.social_media_policy, first_stage(turn, CaseKind.COMPLAINT)
    return {
        "policy_title": policy.title,
        "policy_gist": " ".join(policy.gist),
        "policy_link": policy.url,
        "stages": "\n".join(f"{stage.name}: {say_days(stage)}" for stage in steps_of(turn)),
        "formal_days": formal.reply_days if formal else "",
        "acknowledge_days": formal.acknowledge_days if formal else "",
        "days": say_clock(formal.clock) if formal else "",
        "kept": "\n".join(f"{row.what}: {row.keep}." for row in school.privacy.retention),
        "privacy_link": "/privacy",
    }


def first_stage(turn: Turn, kind: CaseKind) -> Stage | None:
    """Return the stage at which a kind of case begins."""
    return next((stage for stage in turn.desk.school.stages if kind in stage.starts), None)


def steps_of(turn: Turn) -> list[Stage]:
    """Return the stages that a concern can go through, in order."""
    steps: list[Stage] = []
    for stage in turn.desk.school.stages:
        if (
            CaseKind.CONCERN in stage.starts
            or CaseKind.COMPLAINT in stage.starts
            or (steps and not stage.starts)
        ):
            steps.append(stage)
    return steps


def say_days(stage: Stage) -> str:
    """Return how long a stage takes, such as ``an answer within 15 school days``."""
    return f"an answer within {stage.reply_days} {say_clock(stage.clock)}"


def say_clock(clock: ClockType) -> str:
    """Return the days that a clock counts, in words."""
    return clock.label


def outside_route_for(turn: Turn) -> OutsideRoute | None:
    """Return the body outside the school that decides this matter, if the settings name one."""
    routes = {route.id: route for route in turn.desk.school.outside_routes}
    topic = leading(turn.reading.topics)
    if topic in TOPIC_ROUTES:
        turn.keep(topic=topic)
    wanted = which_outside_routes(turn.text, topic if topic in TOPIC_ROUTES else turn.slot("topic"))
    return next((routes[name] for name in wanted if name in routes), None)
