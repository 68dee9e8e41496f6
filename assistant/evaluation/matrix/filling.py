"""Which records one person is asked about at one address, and whose each of them is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.casework.references import new_token
from assistant.evaluation.matrix.chats import be_here
from assistant.evaluation.matrix.fresh import FRESH, OF_NONE, Filled
from assistant.evaluation.matrix.gaps import Gap
from assistant.evaluation.matrix.opening import PARENT
from assistant.evaluation.matrix.planting import begin_part, give_up_mail
from assistant.evaluation.matrix.records import (
    ABOUT_ME,
    COLLEAGUES,
    CONFLICTED,
    DELETED,
    ELSEWHERE,
    OWN,
    SHARED,
    WAITS,
    WITHDRAWN,
    near,
    stranger_to,
)
from assistant.services.sessions import STAFF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from assistant.evaluation.matrix.gaps import Asked
    from assistant.evaluation.matrix.records import Records
    from assistant.services.desk import Desk

FOR_CASES = frozenset({"record.receipt", "record.qr", "record.withdraw", "record.appeal"})
FOR_MEETINGS = frozenset(
    {f"record.{name}" for name in ("calendar", "times", "move", "answer", "earlier")}
)
"""Parts of the parent's page that only one kind of record has."""


EVERY_WAY = (OWN, SHARED, COLLEAGUES, *CONFLICTED, WITHDRAWN, DELETED, ELSEWHERE)
KEPT = {
    Gap.CASE: EVERY_WAY,
    Gap.CAMPAIGN: EVERY_WAY,
    Gap.POST: EVERY_WAY,
    Gap.MEETING: EVERY_WAY,
    Gap.ALERT: (OWN, COLLEAGUES, *CONFLICTED, ELSEWHERE),
    Gap.VIEW: (OWN, COLLEAGUES),
    Gap.FEED: (OWN, COLLEAGUES),
    Gap.CHAT: (OWN, WAITS, COLLEAGUES, *CONFLICTED, DELETED, ELSEWHERE),
}
"""How the records of each kind may stand to the person who asks."""
BEFORE_AN_APPEAL, APPEALED = "not appealed", "appealed"


def filled_for(desk: Desk, records: Records, staff_id: str, asked: Asked) -> Iterator[Filled]:
    """Yield the records that the person is asked about."""
    if asked.gap in KEPT:
        made = {Gap.CASE: records.case, Gap.CAMPAIGN: records.linked, Gap.POST: records.post,
                Gap.MEETING: records.meeting, Gap.ALERT: records.alert, Gap.VIEW: records.view,
                Gap.FEED: records.feed, Gap.CHAT: records.chat}[asked.gap]  # fmt: skip
        if asked.gap is Gap.CHAT:
            be_here(desk, staff_id)
        yield from _kept(desk, made, staff_id, KEPT[asked.gap])
    elif asked.gap in OF_RECORDS:
        yield from OF_RECORDS[asked.gap](desk, records, staff_id, asked.name)
    elif asked.gap is Gap.HOURS:
        other = stranger_to(desk, staff_id)
        yield from (Filled(OWN, staff_id), Filled(COLLEAGUES, other), Filled(OF_NONE, "nobody"))
    elif asked.gap is Gap.LINK:
        yield from _links(records, asked.name)
    else:
        yield from FRESH[asked.gap](desk, f"{asked.name}-{staff_id}")


def in_the_form(desk: Desk, records: Records, staff_id: str, route: str) -> Iterator[Filled]:
    """Yield references for forms that name many records: nothing may come of any of them."""
    other = stranger_to(desk, staff_id)
    about = near(desk, staff_id)
    if route == "access.give_many":
        yield Filled(f"{COLLEAGUES}, sent", form={"case": records.case(other, OWN)})
        for whose, subject in about.items():
            yield Filled(f"{whose}, sent", form={"case": records.case(subject, ABOUT_ME)})
    if route == "reassign.give":
        for whose, subject in about.items():
            reference = records.meeting(subject, ABOUT_ME)
            yield Filled(f"{whose}, sent", form={f"give-{reference}": staff_id})
    if route == "record.appeal":
        use = records.use(other, OWN).partition("/")[2]
        yield Filled(
            "of a case, another case's sent",
            records.link("case"),
            there=False,
            form={"restriction": use},
        )


def _kept(
    desk: Desk, made: Callable[[str, str], str], staff_id: str, kinds: tuple[str, ...]
) -> Iterator[Filled]:
    for whose in kinds:
        if whose in CONFLICTED:
            yield Filled(whose, made(near(desk, staff_id)[whose], ABOUT_ME))
        elif whose == COLLEAGUES:
            yield Filled(whose, made(stranger_to(desk, staff_id), OWN))
        else:
            yield Filled(whose, made(staff_id, whose))


def _steps(desk: Desk, records: Records, staff_id: str, _route: str) -> Iterator[Filled]:
    """Yield a grave step over each follow-up, and a gentle one over those that may be read."""
    for filled in _kept(desk, records.post, staff_id, EVERY_WAY):
        yield Filled(filled.whose, f"{filled.value}/police")
        if filled.whose in {OWN, SHARED}:
            yield Filled(f"{filled.whose}, gentle", f"{filled.value}/talk")


def _uses(desk: Desk, records: Records, staff_id: str, route: str) -> Iterator[Filled]:
    if route == "desk_restrictions.decide":
        for filled in _kept(desk, records.appealed_use, staff_id, EVERY_WAY):
            yield replace(filled, whose=f"{filled.whose}, {APPEALED}")
    for filled in _kept(desk, records.use, staff_id, EVERY_WAY):
        yield replace(filled, whose=f"{filled.whose}, {BEFORE_AN_APPEAL}")


def _requests(desk: Desk, records: Records, staff_id: str, _route: str) -> Iterator[Filled]:
    """Yield data requests, each with a part that the person has begun, and a case of no such kind.

    What they may not read has such a part too: they could read it once.
    """
    cases = _kept(desk, records.request, staff_id, EVERY_WAY)
    for filled in (*cases, Filled(f"{OWN}, a concern", records.case(staff_id, OWN))):
        begin_part(desk, filled.value, staff_id, PARENT)
        yield filled


def _records(desk: Desk, records: Records, staff_id: str, _route: str) -> Iterator[Filled]:
    yield from _kept(desk, records.case, staff_id, EVERY_WAY)
    for filled in _kept(desk, records.meeting, staff_id, EVERY_WAY):
        yield replace(filled, whose=f"{filled.whose}, a meeting")


def _letters(desk: Desk, records: Records, staff_id: str, _route: str) -> Iterator[Filled]:
    yield from _kept(desk, records.letter, staff_id, EVERY_WAY)
    for filled in _kept(desk, records.alert_letter, staff_id, KEPT[Gap.ALERT]):
        yield replace(filled, whose=f"{filled.whose}, of an alert")
    yield Filled("of no record", give_up_mail(desk, STAFF, staff_id))


OF_RECORDS: Mapping[Gap, Callable[[Desk, Records, str, str], Iterator[Filled]]] = {
    Gap.STEP: _steps,
    Gap.USE: _uses,
    Gap.REQUEST: _requests,
    Gap.RECORD: _records,
    Gap.LETTER: _letters,
}
"""What hangs on records that are kept."""


def _links(records: Records, route: str) -> Iterator[Filled]:
    yield Filled("of a case", records.link("case"), there=route not in FOR_MEETINGS)
    yield Filled("of a meeting", records.link("meeting"), there=route not in FOR_CASES)
    yield Filled(OF_NONE, new_token(), there=False)


CLOSED = frozenset({*CONFLICTED, COLLEAGUES, DELETED, ELSEWHERE, OF_NONE, "another parent's"})
"""By its very name, none of these may open, except hours that a clerk keeps for a governor."""
