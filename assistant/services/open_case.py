"""Open a case: a concern, a complaint, a call-back or another matter with a reference."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.deadlines import deemed_received
from assistant.casework.handlers import Handling, Matter, handling_of
from assistant.casework.kinds import OF_THE_SCHOOL, CaseStatus
from assistant.casework.references import new_reference
from assistant.security.tokens import link_digest, record_token
from assistant.services.case_access import carry_recusals, grant_readers, name_subjects
from assistant.services.case_dates import set_dates
from assistant.services.case_mail import tell_parent, tell_reader
from assistant.services.naming_wishes import name_in_alerts, wish_naming
from assistant.services.receipts import keep_receipt
from assistant.services.record_links import CASE, link_record
from assistant.services.records import case_receipt
from assistant.services.search_index import index_record
from assistant.services.turns import PARENT, stored_key
from assistant.store.columns import new_id
from assistant.store.tables import CaseFile
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.casework.kinds import CaseKind, Channel
    from assistant.services.desk import Desk
    from assistant.services.shapes import CaseReceipt, Child, Contact, Needs
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class _Request:
    key: str
    conversation_id: str | None
    statement: str
    outcome_wanted: str
    contact: Contact
    child: Child
    needs: Needs
    matter: Matter
    taken_by: str
    way: str


def open_case(  # noqa: PLR0913 - a case is what it is
    desk: Desk,
    *,
    idempotency_key: str,
    conversation_id: str | None,
    kind: CaseKind,
    channel: Channel,
    statement: str,
    outcome_wanted: str,
    contact: Contact,
    child: Child,
    needs: Needs,
    subjects: frozenset[str] = frozenset(),
    recused: frozenset[str] = frozenset(),
    taken_by: str = PARENT,
    way: str = "",
) -> CaseReceipt:
    """Open the case with whoever may handle it, and return its receipt once it is committed.

    ``subjects`` are the ids of the people whom it is about; neither they nor anybody close to them
    can read it. ``recused`` are the ids of those who stepped back from the case that this one
    comes from. ``taken_by`` took it down for a parent, when it came in another ``way`` than the
    chat. Of what the school begins itself the parent hears with the first step. The same
    ``idempotency_key`` returns the same receipt and opens nothing.
    """
    matter = Matter(kind, channel, subjects, child.class_name, child.year, recused=recused)
    request = _Request(
        stored_key(idempotency_key),
        conversation_id,
        statement,
        outcome_wanted,
        contact,
        child,
        needs,
        matter,
        taken_by,
        way,
    )
    receipt = settled(partial(_open, desk, request))
    name_in_alerts(desk, conversation_id)
    return receipt


def _open(desk: Desk, request: _Request) -> CaseReceipt:
    with desk.unit_of_work() as work:
        same = select(CaseFile).where(CaseFile.idempotency_key == request.key)
        case = work.session.scalars(same).first()
        if case is None:
            case = _write(desk, work, request)
            _note(work, request, case)
            work.commit()
        return case_receipt(desk, work, case)


def _note(work: UnitOfWork, request: _Request, case: CaseFile) -> None:
    """Append the event of the opening; one taken down by staff says by whom and how it came in."""
    how = {"way": request.way} if request.way else {}
    work.history.append("case.opened", request.taken_by, CASE, case.id, kind=case.kind, **how)


def _write(desk: Desk, work: UnitOfWork, request: _Request) -> CaseFile:
    handling = handling_of(desk.school, request.matter)
    case = _case(desk, request, handling)
    _seal(work, case, request)
    work.session.add(case)
    work.session.flush()
    index_record(desk, work, CASE, case.id, (request.contact, request.child))
    keep_receipt(desk, work, case)
    name_subjects(desk, work, case, request.matter.subjects)
    carry_recusals(desk, work, case, request.matter.recused)
    grant_readers(desk, work, case, handling)
    set_dates(desk, work, case, desk.school.first_stage(request.matter.kind))
    link_record(work, request.conversation_id, CASE, case.id, case.received_at)
    wish_naming(desk, work, request.conversation_id, request.matter.subjects)
    for reader in handling.readers:
        tell_reader(desk, work, case, reader.id, "opened")
    if request.matter.kind not in OF_THE_SCHOOL:
        _thank(desk, work, case)
    return case


def _case(desk: Desk, request: _Request, handling: Handling) -> CaseFile:
    now, matter, case_id = desk.clock.now(), request.matter, new_id()
    stage = desk.school.first_stage(matter.kind)
    return CaseFile(
        id=case_id,
        reference=new_reference(),
        token_digest=link_digest(desk.keys.lookup, record_token(desk.keys.lookup, CASE, case_id)),
        idempotency_key=request.key,
        kind=matter.kind.value,
        channel=matter.channel.value,
        class_name=matter.class_name,
        year=matter.year,
        stage=stage.name,
        status=CaseStatus.RECEIVED.value,
        handler_id=handling.handler.id if handling.handler else None,
        handler_label=handling.label,
        received_at=now,
        deemed_received_on=deemed_received(now, desk.calendar, stage.clock),
    )


def _seal(work: UnitOfWork, case: CaseFile, request: _Request) -> None:
    work.seal(case, "statement", request.statement)
    work.seal(case, "outcome_wanted", request.outcome_wanted)
    work.seal_json(case, "contact", asdict(request.contact))
    work.seal_json(case, "child", asdict(request.child))
    work.seal_json(case, "needs", asdict(request.needs))


def _thank(desk: Desk, work: UnitOfWork, case: CaseFile) -> None:
    token = record_token(desk.keys.lookup, CASE, case.id)
    words = (
        f"Thank you. {desk.school.name} has what you sent. Your reference is {case.reference}.\n\n"
        f"See what happens next, add to it or withdraw it: {desk.settings.public_url}/r/{token}\n\n"
        f"If the link does not work, ring {desk.school.phone} and read out the reference."
    )
    tell_parent(desk, work, case, "opened", words)
