"""The story of an alert: what went out, what leads did and why, in order."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.casework.alert_leads import bodies_of
from assistant.casework.alert_steps import AlertStep, Outcome
from assistant.services.alert_readers import ALERT
from assistant.services.alert_step import STEP_TAKEN
from assistant.services.desk_rows import who
from assistant.services.desk_shapes import TimelineEntry
from assistant.services.timeline import TOLD_WITHOUT_MAIL, WITHOUT_MAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.services.desk import Desk
    from assistant.store.history import PastEvent
    from assistant.store.unit_of_work import UnitOfWork

REPEATED = "alert.repeated"
UNSEEN = frozenset({"alert.read"})
"""Readings are in the history and not in the story."""


def alert_timeline(desk: Desk, work: UnitOfWork, alert_id: str) -> Iterator[TimelineEntry]:
    """Return the entries, the earliest first; messages sent again in a row are one of them."""
    events = [each for each in work.events_of(ALERT, alert_id) if each.kind not in UNSEEN]
    for kind, group in groupby(events, key=lambda event: event.kind):
        run = list(group)
        if kind == REPEATED:
            yield _repeated(run)
            continue
        for event in run:
            yield from _entry(desk, event)


def _repeated(run: list[PastEvent]) -> TimelineEntry:
    times = "once" if len(run) == 1 else f"{len(run)} times"
    return TimelineEntry(run[-1].at, "system", f"The message was sent again {times}")


def _entry(desk: Desk, event: PastEvent) -> Iterator[TimelineEntry]:
    if event.kind == STEP_TAKEN:
        yield _step(desk, event)
    elif event.kind == TOLD_WITHOUT_MAIL:
        title = f"{who(desk, event.actor)}, {WITHOUT_MAIL}"
        yield TimelineEntry(event.at, "staff", title, str(event.details["why"]))
    elif event.kind in HOLDS:
        title = f"{who(desk, event.actor)}, {HOLDS[event.kind]}"
        yield TimelineEntry(event.at, "staff", title, str(event.details["why"]))
    elif event.kind in TITLES:
        yield TimelineEntry(event.at, "system", TITLES[event.kind](desk, event))


def _step(desk: Desk, event: PastEvent) -> TimelineEntry:
    step = AlertStep(event.details["step"])
    facts = FACTS[step](desk, event) if step in FACTS else ()
    why = str(event.details["why"])
    words = "\n".join(part for part in (*facts, f"Why: {why}" if facts else why) if part)
    return TimelineEntry(event.at, "staff", f"{who(desk, event.actor)}, {step.label}", words)


def _referred(desk: Desk, event: PastEvent) -> tuple[str, ...]:
    details = event.details
    names = {body.id: body.name for body in bodies_of(desk.school)}
    to, day = names.get(details["body"], details["body"]), date.fromisoformat(details["on"])
    return (
        f"To: {to}, on {day.day} {day:%B %Y}",
        f"Their reference: {details['reference']}" if details["reference"] else "",
        f"Their advice: {details['advice']}" if details["advice"] else "",
    )


def _people(desk: Desk, ids: list[str]) -> str:
    return "; ".join(who(desk, each) for each in ids)


def _raised(_desk: Desk, event: PastEvent) -> str:
    late = "after a fault that held it up" if "told_at" in event.details else "at once"
    return f"The safeguarding leads were told {late}"


def _escalated(desk: Desk, event: PastEvent) -> str:
    told = _people(desk, event.details["told"])
    return f"Nobody had acknowledged it, so these were told as well: {told}"


def _named(_desk: Desk, event: PastEvent) -> str:
    shut = event.details["closed_to"]
    change = "Somebody who could read this no longer can" if shut else "Nobody lost sight of it"
    return f"Somebody at the school was named. {change}, and the others were told"


HOLDS = {
    "alert.held": "put a legal hold on this",
    "alert.hold_lifted": "lifted the legal hold",
}

TITLES: dict[str, Callable[[Desk, PastEvent], str]] = {
    "alert.raised": _raised,
    "alert.acknowledged": lambda desk, event: f"{who(desk, event.actor)}, is acting on this",
    "alert.escalated": _escalated,
    "alert.named": _named,
}

FACTS: dict[AlertStep, Callable[[Desk, PastEvent], tuple[str, ...]]] = {
    AlertStep.REFER: _referred,
    AlertStep.SHARE: lambda desk, event: (f"Whom: {who(desk, event.details['who'])}",),
    AlertStep.NAME: lambda desk, event: (f"It is about: {who(desk, event.details['who'])}",),
    AlertStep.DOWNGRADE: lambda _desk, event: (
        f"What it is instead: {Outcome(event.details['outcome']).label}",
    ),
}
