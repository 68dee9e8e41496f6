"""Write an alert into the alerts database, with its messages; the same key is stored once."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.alert_leads import lead_of, leads_for, read_by
from assistant.casework.alert_steps import AlertState
from assistant.casework.calendar import to_london
from assistant.services.alert_mail import tell_leads
from assistant.services.alert_readers import ALERT, add_recipients, recipient_ids
from assistant.services.alert_wall import name_in_conversation
from assistant.services.case_dates import today_of
from assistant.services.shapes import AlertReceipt, LeadView
from assistant.services.turns import PARENT
from assistant.store.alert_tables import Alert, AlertSubject
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import date

    from assistant.services.alert_spool import Told
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork


def store_alert(desk: Desk, told: Told) -> AlertReceipt:
    """Store the alert once and return its receipt.

    Whom one alert of a conversation names, no other alert of that conversation reaches.
    """
    return settled(partial(_store, desk, told))


def lead_views(desk: Desk, told: Told) -> tuple[LeadView, ...]:
    """Return whom an alert that is not stored will go to, as a parent sees them."""
    today = to_london(told.raised_at).date()
    leads = leads_for(desk.school, told.subjects, today, told.passed_over)
    return tuple(_lead_view(desk, lead.staff, today) for lead in leads)


def _store(desk: Desk, told: Told) -> AlertReceipt:
    with desk.alerts_unit_of_work() as work:
        same = select(Alert).where(Alert.idempotency_key == told.key)
        alert = work.session.scalars(same).first() or _write(desk, work, told)
        return _receipt(desk, work, alert)


def _write(desk: Desk, work: UnitOfWork, told: Told) -> Alert:
    alert = _row(desk, work, told)
    subjects = told.subjects | _named_before(work, told)
    for staff_id in sorted(subjects):
        subject = AlertSubject(alert_id=alert.id, staff_id=staff_id, named_at=told.raised_at)
        work.session.add(subject)
    today = today_of(desk)
    leads = leads_for(desk.school, subjects, today, told.passed_over)
    alert.about_adult = bool(subjects)
    add_recipients(work, alert.id, (lead.staff for lead in leads))
    tell_leads(desk, work, alert, "raised")
    if told.conversation_id:
        name_in_conversation(desk, work, told.conversation_id, told.subjects)
    held_up = {"told_at": told.raised_at.isoformat()} if alert.last_sent_at > told.raised_at else {}
    work.history.append("alert.raised", PARENT, ALERT, alert.id, kind=alert.kind, **held_up)
    work.commit()
    return alert


def _row(desk: Desk, work: UnitOfWork, told: Told) -> Alert:
    alert = Alert(
        id=told.id,
        idempotency_key=told.key,
        conversation_id=told.conversation_id,
        kind=told.kind.value,
        raised_at=told.raised_at,
        last_sent_at=desk.clock.now(),
        state=AlertState.WAITING.value,
        repeats=0,
        about_adult=False,
    )
    work.seal(alert, "words", told.words)
    if told.contact is not None:
        work.seal_json(alert, "contact", asdict(told.contact))
    work.session.add(alert)
    work.session.flush()
    return alert


def _named_before(work: UnitOfWork, told: Told) -> frozenset[str]:
    """Return the ids of those whom earlier alerts of the same conversation are about."""
    if not told.conversation_id:
        return frozenset()
    named = select(AlertSubject.staff_id).join(Alert, Alert.id == AlertSubject.alert_id)
    mine = named.where(Alert.conversation_id == told.conversation_id)
    return frozenset(work.session.scalars(mine))


def _receipt(desk: Desk, work: UnitOfWork, alert: Alert) -> AlertReceipt:
    today = to_london(alert.raised_at).date()
    readers = (each for each in recipient_ids(desk, work, alert.id) if each in desk.school.by_id)
    return AlertReceipt(
        id=alert.id,
        leads=tuple(_lead_view(desk, staff_id, today) for staff_id in readers),
        read_by=read_by(desk.school, desk.calendar, today),
    )


def _lead_view(desk: Desk, staff_id: str, day: date) -> LeadView:
    lead = lead_of(desk.school, staff_id, day)
    return LeadView(desk.school.person(staff_id).known_as, lead.phone, lead.hours)
