"""Proves that the complete forms would do something: else a refusal of them shows nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from assistant.casework.kinds import Role
from assistant.evaluation.matrix.filling import Filled, filled_for
from assistant.evaluation.matrix.forms import ONLY_ASKS, complete_form
from assistant.evaluation.matrix.records import OWN, SHARED, stranger_to
from assistant.security.permissions import Visitor, may_use
from assistant.services.view_takers import view_takers

if TYPE_CHECKING:
    from assistant.evaluation.matrix.asking import Stage
    from assistant.evaluation.matrix.gaps import Asked
    from assistant.services.clock import FixedClock

WHO = Role.CLERK
"""Somebody who may use every form of the desk."""
AFTER = {"desk_meetings.mark": timedelta(days=40)}
"""How much later a form is sent that means nothing before."""


def forms_that_do_nothing(stage: Stage) -> list[str]:
    """Return the routes of the desk whose complete form changes nothing even for who may."""
    sent = [each for each in stage.routes() if each.method != "GET"]
    guarded = [each for each in sent if not may_use(Visitor(), each.name)]
    return [each.name for each in guarded if each.name not in ONLY_ASKS and not _works(stage, each)]


def _works(stage: Stage, asked: Asked) -> bool:
    clock = cast("FixedClock", stage.desk.clock)
    now: datetime = clock.instant
    clock.instant = now + AFTER.get(asked.name, timedelta())
    asker = next(each for each in stage.askers([WHO]) if each.role == WHO.value)
    filled, colleague = _own(stage, asked)
    fields = complete_form(asked.name, colleague)
    before = stage.versions()
    asker.ask(asked, filled, fields)
    clock.instant = now
    return stage.versions() != before


def _own(stage: Stage, asked: Asked) -> tuple[Filled, str]:
    """Return a record that nobody has touched before, and a colleague who may be named for it."""
    fresh = type(stage.records)(stage.desk, prefix=asked.name)
    who, colleague = WHO.value, stranger_to(stage.desk, WHO.value)
    if asked.name == "access.give_many":
        return Filled(OWN, form={"case": fresh.case(who, OWN)}), colleague
    if asked.name == "access.revoke":
        return Filled(OWN, fresh.case(colleague, SHARED)), colleague
    if asked.name == "access.give_leaver":
        fresh.case(who, OWN)
    if asked.name == "reassign.give":
        reference = fresh.meeting(who, OWN)
        return Filled(OWN, form={f"give-{reference}": _taker(stage, reference)}), colleague
    filled = next(iter(filled_for(stage.desk, fresh, who, asked)))
    if asked.name == "desk_meetings.hand_over":
        colleague = _taker(stage, filled.value)
    return filled, colleague


def _taker(stage: Stage, reference: str) -> str:
    takers = view_takers(stage.desk, WHO.value, reference).takers
    return next(each.staff_id for each in takers if each.is_free)
