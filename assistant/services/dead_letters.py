"""Messages that were given up: who may know of which, and what kind of people they were for.

A message is as secret as the record that it tells of: only who may read the record finds it. One
that tells of no record, such as the letter on the history, is seen by whoever minds the post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import load_only

from assistant.casework.kinds import Role
from assistant.services.alert_readers import ALERT, alert_is_open_to
from assistant.services.deliver_outbox import ALERT_OUTBOX
from assistant.services.desk_rows import who
from assistant.services.mailers import Outcome
from assistant.services.record_links import CASE, MEETING
from assistant.services.reminders import REMINDER
from assistant.services.seen_records import case_is_open_to, meeting_is_open_to
from assistant.store.alert_tables import Alert
from assistant.store.ledger import Outbox
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import OpenWork, UnitOfWork

    Condition = Callable[[Desk, str], ColumnElement[bool]]

MINDS_THE_POST = (Role.CLERK, Role.BUSINESS_MANAGER)
FAILED = (Outcome.LATER, Outcome.REFUSED, Outcome.UNSURE)
TOLD_OTHERWISE = "told_otherwise"
OF_A_RECORD = (CASE, MEETING, REMINDER)
POST = "outbox"
MOST = 1000
"""More than anybody sees to at one sitting; the rest follows as these are seen to."""


def is_dead(table: type[Outbox]) -> ColumnElement[bool]:
    """Return the condition that a message was given up and nobody has seen to it."""
    failed = table.problem.in_([outcome.value for outcome in FAILED])
    return and_(table.given_up_at.is_not(None), failed)


def case_letters(desk: Desk, staff_id: str) -> ColumnElement[bool]:
    """Return the condition that this person may know of a message about a case or a meeting."""
    cases = select(CaseFile.id).where(case_is_open_to(desk.school, staff_id))
    meetings = select(Meeting.id).where(meeting_is_open_to(desk.school, staff_id))
    seen = [
        and_(Outbox.target_kind == CASE, Outbox.target_id.in_(cases)),
        and_(Outbox.target_kind.in_((MEETING, REMINDER)), Outbox.target_id.in_(meetings)),
    ]
    if minds_the_post(desk, staff_id):
        seen.append(Outbox.target_kind.not_in(OF_A_RECORD))
    return or_(*seen)


def alert_letters(desk: Desk, staff_id: str) -> ColumnElement[bool]:
    """Return the condition that this person may know of a message about an alert."""
    mine = select(Alert.id).where(alert_is_open_to(desk, staff_id))
    return and_(ALERT_OUTBOX.target_kind == ALERT, ALERT_OUTBOX.target_id.in_(mine))


def stores(desk: Desk) -> tuple[tuple[OpenWork, type[Outbox], Condition], ...]:
    """Return both outboxes with who may know of what is in them, the one of alerts first."""
    return (
        (desk.alerts_unit_of_work, ALERT_OUTBOX, alert_letters),
        (desk.unit_of_work, Outbox, case_letters),
    )


def minds_the_post(desk: Desk, staff_id: str) -> bool:
    """Tell whether somebody sees to messages that tell of no record."""
    person = desk.school.by_id.get(staff_id)
    return person is not None and any(role in person.roles for role in MINDS_THE_POST)


def dead_rows(
    desk: Desk, work: UnitOfWork, table: type[Outbox], condition: ColumnElement[bool]
) -> list[list[Outbox]]:
    """Return the dead messages, the latest first, each with those that only repeat it.

    An alert is sent again every few minutes, and a wrong address is refused as often.
    """
    mine = select(table).where(is_dead(table), condition)
    latest = mine.order_by(table.given_up_at.desc(), table.id).limit(MOST)
    alike: dict[str, list[Outbox]] = {}
    for row in work.session.scalars(latest):
        same = f"{row.target_id} {addressee(desk, work, row)}" if is_repeated(row) else row.id
        alike.setdefault(same, []).append(row)
    return list(alike.values())


def count_case_letters(desk: Desk, staff_id: str) -> int:
    """Return how many dead messages there are about cases and meetings that this person sees."""
    mine = select(func.count()).where(is_dead(Outbox), case_letters(desk, staff_id))
    with desk.unit_of_work(read_only=True) as work:
        return work.session.scalar(mine.select_from(Outbox)) or 0


def count_alert_letters(desk: Desk, staff_id: str) -> int:
    """Return how many there are about alerts, those that repeat one another counted once.

    Nothing of the messages is read but for whom they are.
    """
    named = ALERT_OUTBOX.target_id, ALERT_OUTBOX.target_kind, ALERT_OUTBOX.recipient
    mine = select(ALERT_OUTBOX).where(is_dead(ALERT_OUTBOX), alert_letters(desk, staff_id))
    latest = mine.order_by(ALERT_OUTBOX.given_up_at.desc(), ALERT_OUTBOX.id).limit(MOST)
    with desk.alerts_unit_of_work(read_only=True) as work:
        rows = work.session.scalars(latest.options(load_only(*named)))
        return len({(row.target_id, addressee(desk, work, row)) for row in rows})


def is_repeated(row: Outbox) -> bool:
    """Tell whether a message is one of those that come again until somebody has acted."""
    return row.target_kind == ALERT


def addressee(desk: Desk, work: UnitOfWork, row: Outbox) -> str:
    """Return for whom a message was, without the address: a colleague, or the parent."""
    address = work.unseal(row, "recipient").casefold()
    for person in desk.school.people:
        if person.email.casefold() == address:
            return who(desk, person.id)
    for each in desk.school.bookable_interpreters:
        if each.email.casefold() == address:
            return f"{each.name}, interpreter"
    return "The parent"
