"""Opens cases and books meetings, by the services, for one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from assistant.casework.kinds import CaseKind, Channel, MeetingMode, Role
from assistant.evaluation.matrix.planting import ENDS, PLANTED, let_read, let_see
from assistant.evaluation.matrix.school import SPARE
from assistant.services.book_meeting import book_meeting
from assistant.services.case_access import HANDLER
from assistant.services.offer_slots import offer_slots
from assistant.services.open_case import open_case
from assistant.services.restrict_visits import VisitDecision, put_restriction
from assistant.services.shapes import Child, Contact, Needs
from assistant.store.columns import new_id
from assistant.store.meeting_tables import MeetingAccess
from assistant.store.tables import CaseAccess, CaseFile

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt, MeetingReceipt

PARENT = Contact("Dana Whitlock", "07700 900123", "dana@home.example", safe=True)
CHILD = Child("Finn", 4, "4B")
TOLD = "He was kept in at lunch for two days over his shoes."
NOBODY: frozenset[str] = frozenset()
CHANNELS = {
    CaseKind.CONCERN: Channel.STAFF,
    CaseKind.SOCIAL_MEDIA: Channel.POLICY,
    CaseKind.DATA_PROTECTION: Channel.STATUTORY,
}
"""How a case of each kind comes in."""


def open_one(
    desk: Desk,
    key: str,
    handler: str,
    about: frozenset[str] = NOBODY,
    kind: CaseKind = CaseKind.CONCERN,
) -> CaseReceipt:
    """Open a case and give it to ``handler`` alone, past the school's own order of handlers."""
    made = open_case(
        desk, idempotency_key=f"case {key}", conversation_id=None, kind=kind,
        channel=CHANNELS[kind], statement=TOLD, outcome_wanted="", contact=PARENT, child=CHILD,
        needs=Needs(), subjects=about,
    )  # fmt: skip
    with desk.unit_of_work() as work:
        same = CaseFile.id == made.id
        work.session.execute(update(CaseFile).where(same).values(handler_id=handler))
        work.session.execute(delete(CaseAccess).where(CaseAccess.case_id == made.id))
        work.commit(unrecorded=PLANTED)
    let_read(desk, made.id, {handler}, HANDLER)
    return made


def book_one(desk: Desk, key: str, host: str, about: frozenset[str] = NOBODY) -> MeetingReceipt:
    """Book a meeting that ``host`` alone sees; a teaching assistant never hosts, and is let in."""
    hosts = host != Role.TEACHING_ASSISTANT.value
    host_id = host if hosts else SPARE
    mode = MeetingMode.PHONE
    offer = offer_slots(desk, host_ids=[host_id], windows=None, mode=mode, needs=Needs())
    made = book_meeting(
        desk, idempotency_key=f"meeting {key}", conversation_id=None, channel=Channel.STAFF,
        host_id=host_id, starts_at=offer.matching[0].starts_at, mode=mode, contact=PARENT,
        child=CHILD, needs=Needs(), note=TOLD, subjects=about,
    )  # fmt: skip
    with desk.unit_of_work() as work:
        work.session.execute(delete(MeetingAccess).where(MeetingAccess.meeting_id == made.id))
        work.commit(unrecorded=PLANTED)
    let_see(desk, made.id, set() if hosts else {host})
    return made


def close_visits(desk: Desk) -> None:
    """Ask the parent of every record not to come in, so that they may be met by phone."""
    decided = VisitDecision(new_id(), Role.HEADTEACHER.value, PARENT, TOLD, ENDS, None)
    with desk.unit_of_work() as work:
        put_restriction(desk, work, decided)
        work.commit()
