"""Raise an alert: the parent's exact words, to the safeguarding leads only.

Uses the alerts database and nothing else: it works while the case database does not.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.alert_leads import leads_for, read_by
from assistant.casework.calendar import to_london
from assistant.casework.reading import Reading
from assistant.services.alert_mail import ALERT, recipient_ids, tell_leads
from assistant.services.shapes import AlertReceipt, LeadView
from assistant.services.turns import PARENT, stored_key
from assistant.services.who_is_meant import who_is_meant
from assistant.store.alert_tables import Alert, AlertRecipient
from assistant.store.columns import new_id
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.casework.kinds import AlertKind
    from assistant.casework.school_shapes import Lead
    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.unit_of_work import UnitOfWork


def raise_alert(  # noqa: PLR0913 - an alert is what it is
    desk: Desk,
    *,
    idempotency_key: str,
    conversation_id: str | None,
    kind: AlertKind,
    words: str,
    contact: Contact | None = None,
    subjects: frozenset[str] = frozenset(),
) -> AlertReceipt:
    """Store the alert, put its messages into the outbox, and say who reads it and when.

    A lead whom the words or ``subjects`` (staff ids) name, or who is close to somebody named, is
    passed over. The same ``idempotency_key`` raises nothing new.
    """
    named = who_is_meant(desk, text=words, reading=Reading(act="disclose")).subjects
    leads = leads_for(desk.school, named | subjects)
    alert = Alert(
        id=new_id(),
        idempotency_key=stored_key(idempotency_key),
        conversation_id=conversation_id,
        kind=kind.value,
        raised_at=desk.clock.now(),
        last_sent_at=desk.clock.now(),
    )
    return settled(partial(_raise, desk, alert, leads, words, contact))


def _raise(
    desk: Desk, alert: Alert, leads: tuple[Lead, ...], words: str, contact: Contact | None
) -> AlertReceipt:
    with desk.alerts_unit_of_work() as work:
        same = select(Alert).where(Alert.idempotency_key == alert.idempotency_key)
        stored = work.session.scalars(same).first()
        if stored is None:
            work.seal(alert, "words", words)
            if contact is not None:
                work.seal_json(alert, "contact", asdict(contact))
            stored = _write(desk, work, alert, leads)
        return _receipt(desk, work, stored)


def _write(desk: Desk, work: UnitOfWork, alert: Alert, leads: tuple[Lead, ...]) -> Alert:
    work.session.add(alert)
    work.session.flush()
    for position, lead in enumerate(leads):
        recipient = AlertRecipient(alert_id=alert.id, staff_id=lead.staff, position=position)
        work.session.add(recipient)
    work.session.flush()
    tell_leads(desk, work, alert)
    work.history.append("alert.raised", PARENT, ALERT, alert.id, kind=alert.kind)
    work.commit()
    return alert


def _receipt(desk: Desk, work: UnitOfWork, alert: Alert) -> AlertReceipt:
    today = to_london(alert.raised_at).date()
    return AlertReceipt(
        id=alert.id,
        leads=tuple(_lead_view(desk, staff_id) for staff_id in recipient_ids(work, alert.id)),
        read_by=read_by(desk.school, desk.calendar, today),
    )


def _lead_view(desk: Desk, staff_id: str) -> LeadView:
    person = desk.school.person(staff_id)
    listed = {lead.staff: lead for lead in desk.school.safeguarding.leads}.get(staff_id)
    phone = listed.phone if listed else person.phone or desk.school.phone
    return LeadView(person.known_as, phone, listed.hours if listed else desk.school.office_hours)
