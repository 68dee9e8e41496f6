"""Proves that the complete forms would do something: else a refusal of them shows nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from assistant.casework.kinds import Role
from assistant.evaluation.matrix.chats import be_here
from assistant.evaluation.matrix.filling import filled_for
from assistant.evaluation.matrix.forms import ONLY_ASKS
from assistant.evaluation.matrix.fresh import Filled
from assistant.evaluation.matrix.making import whole_form
from assistant.evaluation.matrix.planting import add_app
from assistant.evaluation.matrix.records import OWN, SHARED, WAITS, stranger_to
from assistant.security.permissions import Visitor
from assistant.security.routes import may_use
from assistant.services.view_takers import view_takers

if TYPE_CHECKING:
    from assistant.evaluation.matrix.asking import Stage
    from assistant.evaluation.matrix.gaps import Asked
    from assistant.evaluation.matrix.records import Records
    from assistant.services.clock import FixedClock

WHO = Role.CLERK
"""Somebody who may use every form of the desk, but for what only others decide."""
OF_CHATS = tuple(f"chats.{name}" for name in ("begin", "end", "end_duty", "offer", "say", "take"))
OTHERS = {
    "desk_policy.take": Role.HEADTEACHER,
    "desk_restrictions.restrict": Role.HEADTEACHER,
    "alert_keeping.change": Role.SAFEGUARDING_LEAD,
    **dict.fromkeys(OF_CHATS, Role.OFFICE),
}
AFTER = {
    "desk_meetings.mark": timedelta(days=40),
    "own_sign_in.prove": timedelta(hours=1),
}
"""How much later a form is sent: it means nothing before, or was sent too often just now."""


def forms_that_do_nothing(stage: Stage) -> list[str]:
    """Return the routes of the desk whose complete form changes nothing even for who may."""
    sent = [each for each in stage.routes() if each.method != "GET"]
    guarded = [each for each in sent if not may_use(Visitor(), each.name)]
    return [each.name for each in guarded if each.name not in ONLY_ASKS and not _works(stage, each)]


def _works(stage: Stage, asked: Asked) -> bool:
    clocks = [cast("FixedClock", each) for each in (stage.desk.clock, stage.desk.machine_clock)]
    before = [clock.instant for clock in clocks]
    for clock in clocks:
        clock.instant += AFTER.get(asked.name, timedelta())
    wrote = _writes(stage, asked)
    for clock, instant in zip(clocks, before, strict=True):
        clock.instant = instant
    return wrote


def _writes(stage: Stage, asked: Asked) -> bool:
    who = OTHERS.get(asked.name, WHO)
    add_app(stage.desk, who.value)
    asker = next(each for each in stage.askers([who]) if each.role == who.value)
    fresh = type(stage.records)(stage.desk, prefix=asked.name)
    filled, fields = own_record(stage, fresh, who.value, asked)
    before = stage.versions()
    asker.ask(asked, filled, fields)
    return stage.versions() != before


def own_record(
    stage: Stage, fresh: Records, who: str, asked: Asked
) -> tuple[Filled, dict[str, str]]:
    """Return a record that nobody has touched before, and the complete form about it."""
    colleague = stranger_to(stage.desk, who)
    if asked.name == "access.give_many":
        filled = Filled(OWN, form={"case": fresh.case(who, OWN)})
    elif asked.name == "access.revoke":
        filled = Filled(OWN, fresh.case(colleague, SHARED))
    elif asked.name == "chats.take":
        be_here(stage.desk, who)
        filled = Filled(WAITS, fresh.chat(who, WAITS))
    elif asked.name == "reassign.give":
        reference = fresh.meeting(who, OWN)
        filled = Filled(OWN, form={f"give-{reference}": _taker(stage, reference)})
    else:
        filled = next(filled_for(stage.desk, fresh, who, asked))
    if asked.name == "chats.end_duty":
        be_here(stage.desk, who)
    if asked.name == "access.give_leaver":
        fresh.case(who, OWN)
    form = whole_form(stage.desk, fresh, who, asked.name, filled)
    if asked.name == "desk_meetings.hand_over":
        form["colleague"] = _taker(stage, filled.value)
    return filled, form


def _taker(stage: Stage, reference: str) -> str:
    takers = view_takers(stage.desk, WHO.value, reference).takers
    return next(each.staff_id for each in takers if each.is_free)
