"""Rows put where they are needed, past the services: grants that a wall must overrule, and so on.

Most of them stand where a mistake would let somebody write: a refusal is only worth something where
a yes would have changed a row.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from assistant.casework.alert_steps import AlertState
from assistant.casework.kinds import CaseStatus, Role
from assistant.services.case_access import GRANTED
from assistant.services.disclosure_shapes import DataSubject
from assistant.services.disclosures import keep_subject
from assistant.services.mailers import Outcome
from assistant.services.record_links import CASE
from assistant.store.alert_tables import Alert, AlertRecipient
from assistant.store.campaign_tables import Campaign, CampaignCase
from assistant.store.columns import CaseBase, new_id
from assistant.store.disclosure_tables import DisclosedRecord, Disclosure
from assistant.store.ledger import AlertOutbox, Outbox
from assistant.store.meeting_tables import Meeting, MeetingAccess
from assistant.store.policy_tables import RestrictionAppeal, UseRestriction
from assistant.store.sign_in_tables import CodeApp, Passkey
from assistant.store.tables import CaseAccess, CaseFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assistant.casework.policy_steps import RestrictedUse
    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.unit_of_work import UnitOfWork

PLANTED = "a measurement plants rows"
WORDS = "A measurement asks."
ENDS = date(2026, 12, 20)
IMPOSED_BY = Role.TEACHER.value
"""Close to nobody who hears appeals."""


def case_of(work: UnitOfWork, reference: str) -> CaseFile | None:
    """Return the case with the reference, None where there is none."""
    return work.session.scalars(select(CaseFile).where(CaseFile.reference == reference)).first()


def let_read(desk: Desk, case_id: str, people: Iterable[str], why: str = GRANTED) -> None:
    """Plant grants, those too that the wall must overrule."""
    with desk.unit_of_work() as work:
        for staff_id in people:
            row = CaseAccess(case_id=case_id, staff_id=staff_id, why=why)
            row.granted_at = desk.clock.now()
            work.session.merge(row)
        work.commit(unrecorded=PLANTED)


def let_see(desk: Desk, meeting_id: str, people: Iterable[str]) -> None:
    """Plant grants of a meeting, those too that the wall must overrule."""
    with desk.unit_of_work() as work:
        for staff_id in people:
            row = MeetingAccess(meeting_id=meeting_id, staff_id=staff_id, why="clerk")
            row.granted_at = desk.clock.now()
            work.session.merge(row)
        work.commit(unrecorded=PLANTED)


def erase(desk: Desk, column: str, record_id: str, kind: type[CaseFile | Meeting]) -> None:
    """Take a record out of every table, as the end of its keeping would."""
    with desk.unit_of_work() as work:
        for table in reversed(CaseBase.metadata.sorted_tables):
            if column in table.c:
                work.session.execute(delete(table).where(table.c[column] == record_id))
        work.session.execute(delete(kind).where(kind.id == record_id))
        work.commit(unrecorded=PLANTED)


def close_case(desk: Desk, case_id: str) -> None:
    """Let the school's own follow-up be finished, which no parent can withdraw."""
    with desk.unit_of_work() as work:
        closed = update(CaseFile).where(CaseFile.id == case_id)
        work.session.execute(closed.values(status=CaseStatus.CLOSED.value))
        work.commit(unrecorded=PLANTED)


def link_cases(desk: Desk, *references: str) -> None:
    """Let the cases belong to one campaign, once; those that are not there stay away."""
    with desk.unit_of_work() as work:
        cases = [case for case in (case_of(work, each) for each in references) if case]
        if not cases or work.session.get(CampaignCase, cases[0].id) is not None:
            return
        now = desk.clock.now()
        campaign = Campaign(id=new_id(), begun_by=IMPOSED_BY, begun_at=now)
        work.seal(campaign, "name", WORDS)
        work.session.add(campaign)
        work.session.flush()
        whose = {"campaign_id": campaign.id, "linked_by": IMPOSED_BY, "linked_at": now}
        work.session.add_all(CampaignCase(case_id=each.id, **whose) for each in cases)
        work.commit(unrecorded=PLANTED)


def restrict(desk: Desk, reference: str, what: RestrictedUse, *, appealed: bool) -> str:
    """Close something over the case and return the restriction's id; nonsense without a case."""
    row_id, now = new_id(), desk.clock.now()
    with desk.unit_of_work() as work:
        case = case_of(work, reference)
        if case is None:
            return row_id
        row = UseRestriction(
            id=row_id, case_id=case.id, what=what.value, imposed_by=IMPOSED_BY, imposed_at=now,
            expires_on=ENDS, review_on=ENDS,
        )  # fmt: skip
        work.seal(row, "reason", WORDS)
        work.session.add(row)
        work.session.flush()
        if appealed:
            appeal = RestrictionAppeal(
                case_id=case.id, id=new_id(), restriction_id=row_id, asked_at=now, taken_by="parent"
            )
            work.seal(appeal, "words", WORDS)
            work.session.add(appeal)
        work.commit(unrecorded=PLANTED)
    return row_id


def begin_part(desk: Desk, reference: str, staff_id: str, parent: Contact) -> None:
    """Begin the person's part of the answer to a data request, whoever may read it."""
    with desk.unit_of_work() as work:
        case = case_of(work, reference)
        if case is None:
            return
        mine = Disclosure.case_id == case.id, Disclosure.made_by == staff_id
        if work.session.scalars(select(Disclosure.id).where(*mine)).first():
            return
        part = Disclosure(id=new_id(), case_id=case.id, made_by=staff_id, made_at=desk.clock.now())
        keep_subject(work, part, DataSubject(parent.name, email=parent.email))
        work.seal(part, "identity", WORDS)
        work.seal(part, "why", WORDS)
        work.session.add(part)
        work.session.flush()
        ticked = DisclosedRecord(disclosure_id=part.id, record_kind=CASE, record_id=case.id)
        work.session.add(ticked)
        work.commit(unrecorded=PLANTED)


def give_alert_to(desk: Desk, alert_id: str, staff_id: str) -> None:
    """Let the person alone read the alert."""
    with desk.alerts_unit_of_work() as work:
        work.session.execute(delete(AlertRecipient).where(AlertRecipient.alert_id == alert_id))
        work.session.add(AlertRecipient(alert_id=alert_id, staff_id=staff_id, position=0))
        work.commit(unrecorded=PLANTED)


def act_on(desk: Desk, alert_id: str) -> None:
    """Let somebody act on the alert, so that steps may follow."""
    with desk.alerts_unit_of_work() as work:
        acting = update(Alert).where(Alert.id == alert_id)
        work.session.execute(acting.values(state=AlertState.ACTING.value))
        work.commit(unrecorded=PLANTED)


def give_up_mail(desk: Desk, kind: str, target_id: str, *, of_alerts: bool = False) -> str:
    """Plant a message about the record that could not be delivered; return its id."""
    table = AlertOutbox if of_alerts else Outbox
    open_work = desk.alerts_unit_of_work if of_alerts else desk.unit_of_work
    letter_id, now = new_id(), desk.clock.now()
    with open_work() as work:
        row = table(
            id=letter_id, idempotency_key=letter_id, message_id=letter_id, target_kind=kind,
            target_id=target_id, subject="A message", created_at=now, due_at=now, attempts=9,
            given_up_at=now, problem=Outcome.REFUSED.value,
        )  # fmt: skip
        work.seal(row, "recipient", "dana@home.example")
        work.seal(row, "body", WORDS)
        work.session.add(row)
        work.commit(unrecorded=PLANTED)
    return letter_id


def add_app(desk: Desk, staff_id: str) -> None:
    """Give the person an authenticator app that nobody has, unless they have one."""
    with desk.unit_of_work() as work:
        if work.session.scalars(select(CodeApp.id).where(CodeApp.staff_id == staff_id)).first():
            return
        row = CodeApp(id=new_id(), staff_id=staff_id, last_step=0)
        row.added_at = desk.machine_clock.now()
        work.seal(row, "secret", "JBSWY3DPEHPK3PXP")
        work.session.add(row)
        work.commit(unrecorded=PLANTED)


@contextmanager
def passkey_of(desk: Desk, staff_id: str) -> Iterator[str]:
    """Give the id of a passkey that the person has meanwhile: it is a second step."""
    row_id = new_id()
    with desk.unit_of_work() as work:
        row = Passkey(
            id=row_id, staff_id=staff_id, credential_id=row_id, public_key=b"", sign_count=0,
            name="A passkey", added_at=desk.machine_clock.now(),
        )  # fmt: skip
        work.session.add(row)
        work.commit(unrecorded=PLANTED)
    yield row_id
    with desk.unit_of_work() as work:
        work.session.execute(delete(Passkey).where(Passkey.id == row_id))
        work.commit(unrecorded=PLANTED)
