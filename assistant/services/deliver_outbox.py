"""Deliver the outbox: each message at least once, always under the same Message-ID.

A message is leased before it is sent, so that several processes share the work; a process that
dies in between leaves it to the next one when the lease ends. When the line breaks after the text
was handed over, the message is sent once more and never a third time.

The last thing before a message is sent is to read it again: the reminder of a meeting that was
moved or cancelled since the lease is gone, or no longer wanted, and is not sent; nor is a letter
to a colleague who may no longer read what it tells of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import structlog
from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.services.letters import Letter, as_email
from assistant.services.mailers import Outcome
from assistant.services.still_wanted import is_wanted
from assistant.store.ledger import AlertOutbox, Outbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage

    from assistant.services.desk import Desk
    from assistant.services.mailers import Mailer
    from assistant.store.unit_of_work import OpenWork, UnitOfWork

BATCH = 20
LEASE = timedelta(minutes=5)  # longer than a whole batch of timeouts
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
"""How long to wait after each failure; after the last, a message is given up."""

ALERT_OUTBOX = cast("type[Outbox]", AlertOutbox)  # the same columns in the other database

log = structlog.get_logger()


@dataclass(frozen=True)
class Delivery:
    """How many messages were sent, put off, and given up for good."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0

    def __add__(self, other: Delivery) -> Delivery:
        """Return both together."""
        return Delivery(
            self.sent + other.sent, self.put_off + other.put_off, self.given_up + other.given_up
        )


def deliver_outbox(desk: Desk, mailer: Mailer) -> Delivery:
    """Send what is due, alerts first; one database that is down does not hold up the other."""
    whole = Delivery()
    for open_work, table in (
        (desk.alerts_unit_of_work, ALERT_OUTBOX),
        (desk.unit_of_work, Outbox),
    ):
        try:
            whole += _deliver(desk, open_work, table, mailer)
        except SQLAlchemyError as problem:
            log.warning("outbox_unreadable", table=table.__name__, error=type(problem).__name__)
    return whole


def _deliver(desk: Desk, open_work: OpenWork, table: type[Outbox], mailer: Mailer) -> Delivery:
    done = Delivery()
    for row in _lease(desk, open_work, table):
        done += _settle(desk, open_work, row, _try(desk, open_work, row, mailer))
    return done


def _try(desk: Desk, open_work: OpenWork, row: Outbox, mailer: Mailer) -> Outcome:
    """Return what became of one message; one that cannot be made must not hold up the others."""
    try:
        with open_work(read_only=True) as work:
            now = work.session.get(type(row), row.id)
            if now is None or not is_wanted(desk, work, now):
                return Outcome.UNWANTED
            message = _message(desk, work, now)
        return mailer.send(message) if message else Outcome.REFUSED
    except SQLAlchemyError:
        raise
    except Exception as problem:  # noqa: BLE001 - logged by its name: a traceback shows words
        log.warning("mail_stumbled", outbox=row.id, error=type(problem).__name__)
        return Outcome.LATER


def _lease(desk: Desk, open_work: OpenWork, table: type[Outbox]) -> Sequence[Outbox]:
    moment = desk.machine_clock.now()
    due = (
        select(table)
        .where(table.delivered_at.is_(None), table.given_up_at.is_(None))
        .where(table.due_at <= desk.clock.now())
        .where(or_(table.leased_until.is_(None), table.leased_until <= moment))
        .order_by(table.due_at, table.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    with open_work() as work:
        rows = work.session.scalars(due).all()
        for row in rows:
            row.leased_until = moment + LEASE
            row.attempts += 1
        if rows:
            work.commit(unrecorded="a lease ends by itself")
    return rows


def _message(desk: Desk, work: UnitOfWork, row: Outbox) -> EmailMessage | None:
    """Return the e-mail, or None when the address cannot be one (a parent typed it)."""
    letter = Letter(
        to=work.unseal(row, "recipient"),
        subject=row.subject,
        body=work.unseal(row, "body"),
        message_id=row.message_id,
        written_at=row.created_at,
    )
    message = as_email(desk, letter)
    if message is not None and row.calendar is not None:
        _attach(message, work.unseal(row, "calendar"), row.calendar_method or "REQUEST")
    return message


def _attach(message: EmailMessage, calendar: str, method: str) -> None:
    """Add the invitation as an alternative: calendars show it, other readers show the text."""
    message.add_alternative(calendar, subtype="calendar", params={"method": method})


def _settle(desk: Desk, open_work: OpenWork, leased: Outbox, outcome: Outcome) -> Delivery:
    with open_work() as work:
        row = work.session.get(type(leased), leased.id, with_for_update=True)
        done = _note(desk, row, outcome) if row else Delivery(sent=int(outcome is Outcome.SENT))
        work.history.append(f"mail.{outcome.value}", "schoolgate", "outbox", leased.id)
        work.commit()
    log.info("mail_tried", outbox=leased.id, outcome=outcome.value, attempts=leased.attempts)
    return done


def _note(desk: Desk, row: Outbox, outcome: Outcome) -> Delivery:
    """Write the outcome on the message."""
    now = desk.clock.now()
    if outcome is Outcome.SENT:
        row.delivered_at, row.problem = now, None
        return Delivery(sent=1)
    hopeless = _is_hopeless(row, outcome)
    if row.problem != Outcome.UNSURE.value or outcome is Outcome.UNWANTED:
        row.problem = outcome.value  # else it stays known that the message may have arrived
    if hopeless:
        row.given_up_at = now
        return Delivery(given_up=1)
    row.due_at, row.leased_until = now + _wait(row), None
    return Delivery(put_off=1)


def _is_hopeless(row: Outbox, outcome: Outcome) -> bool:
    twice_unsure = outcome is Outcome.UNSURE and row.problem == Outcome.UNSURE.value
    for_good = outcome in {Outcome.REFUSED, Outcome.UNWANTED}
    return for_good or twice_unsure or row.attempts > len(WAITS)


def _wait(row: Outbox) -> timedelta:
    return WAITS[row.attempts - 1]
