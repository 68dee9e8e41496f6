"""List the messages that could not be delivered, for whoever may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.services.alert_readers import ALERT
from assistant.services.dead_letters import (
    POST,
    addressee,
    count_alert_letters,
    count_case_letters,
    dead_rows,
    stores,
)
from assistant.services.desk_rows import who
from assistant.services.desk_shapes import TimelineEntry
from assistant.services.mailers import Outcome
from assistant.services.record_links import CASE, MEETING
from assistant.services.reminders import REMINDER
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.services.desk import Desk
    from assistant.store.history import PastEvent
    from assistant.store.ledger import Outbox
    from assistant.store.unit_of_work import UnitOfWork

MOST_SHOWN = 100

KINDS = {
    CASE: "A message about a case",
    MEETING: "A message about a meeting",
    REMINDER: "A reminder of a meeting",
    ALERT: "A message that an alert is waiting",
}
ABOUT_NOTHING = "A letter that is about no single record"
PROBLEMS = {
    Outcome.LATER.value: "The mail server could not be reached, or did not take it, for days",
    Outcome.REFUSED.value: "The mail server refused the address or the message",
    Outcome.UNSURE.value: "The line broke twice at the end: it may have arrived all the same",
}
SENT_AGAIN = "mail.sent_again"


@dataclass(frozen=True)
class DeadLetter:
    """A message that was given up; nothing of its words. ``page`` is the record's, or empty."""

    id: str
    kind: str
    reference: str
    page: str
    to: str
    problem: str
    tries: int
    written_at: datetime
    given_up_at: datetime
    before: tuple[TimelineEntry, ...]


def list_dead_letters(desk: Desk, staff_id: str) -> tuple[DeadLetter, ...]:
    """Return them, those of alerts first, at most ``MOST_SHOWN`` of each outbox, the latest."""
    found: list[DeadLetter] = []
    for open_work, table, is_seen in stores(desk):
        with open_work(read_only=True) as work:
            rows = dead_rows(desk, work, table, is_seen(desk, staff_id))
            found += [_letter(desk, work, alike) for alike in rows[:MOST_SHOWN]]
    return tuple(found)


def count_dead_letters(desk: Desk, staff_id: str) -> int:
    """Return how many there are for this person."""
    return count_alert_letters(desk, staff_id) + count_case_letters(desk, staff_id)


def _letter(desk: Desk, work: UnitOfWork, alike: list[Outbox]) -> DeadLetter:
    row = alike[0]
    reference, page = _record(work, row)
    assert row.given_up_at is not None  # noqa: S101 - the query asked for it
    return DeadLetter(
        id=row.id,
        kind=KINDS.get(row.target_kind, ABOUT_NOTHING),
        reference=reference,
        page=page,
        to=addressee(desk, work, row),
        problem=PROBLEMS[row.problem or Outcome.LATER.value],
        tries=sum(each.attempts for each in alike),
        written_at=min(each.created_at for each in alike),
        given_up_at=row.given_up_at,
        before=tuple(
            _again(desk, event)
            for each in reversed(alike)
            for event in work.events_of(POST, each.id)
            if event.kind == SENT_AGAIN
        ),
    )


def _record(work: UnitOfWork, row: Outbox) -> tuple[str, str]:
    """Return the reference of what the message tells of, and the page of it."""
    if row.target_kind == ALERT:
        return "", f"/desk/alerts/{row.target_id}"
    if row.target_kind == CASE:
        reference = work.session.get_one(CaseFile, row.target_id).reference
        return reference, f"/desk/cases/{reference}"
    if row.target_kind in {MEETING, REMINDER}:
        reference = work.session.get_one(Meeting, row.target_id).reference
        return reference, f"/desk/meetings/{reference}"
    return "", ""


def _again(desk: Desk, event: PastEvent) -> TimelineEntry:
    title = f"{who(desk, event.actor)}, had it sent again"
    return TimelineEntry(event.at, "staff", title, str(event.details["why"]))
