"""Offer times that came free to the parents who wait for them: one by one, the first first.

Each offer is a transaction of its own, and its cells can be held only once, so that however many
processes go their rounds, and wherever one of them dies, no time is offered to two.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.earlier import news
from assistant.casework.kinds import MeetingStatus, TimeOfferKind, TimeOfferState
from assistant.services.diaries import open_diaries
from assistant.services.earlier_times import earlier_times
from assistant.services.meeting_errors import (
    HostNotAllowed,
    MeetingGone,
    SlotTaken,
    VisitNotAllowed,
)
from assistant.services.offer_time import LEAST_TIME, offer_time
from assistant.services.records import needs_of
from assistant.services.time_offers import WAITING_LIST
from assistant.store.meeting_tables import Meeting, TimeOffer, WaitingPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy import Select

    from assistant.casework.slots import Diary
    from assistant.services.desk import Desk
    from assistant.services.shapes import Needs
    from assistant.store.unit_of_work import UnitOfWork

EARLIER = TimeOffer.kind == TimeOfferKind.EARLIER.value


def offer_earlier(desk: Desk) -> int:
    """Offer what came free to whoever waits for it; return how many offers were made.

    Nobody has two offers at once, and nobody is asked twice about the same day.
    """
    with desk.unit_of_work(read_only=True) as work:
        found = list(_news(desk, work))
    return sum(_offer(desk, meeting_id, starts_at) for meeting_id, starts_at in found)


def _news(desk: Desk, work: UnitOfWork) -> Iterator[tuple[str, datetime]]:
    """Yield meetings with the soonest time that is news to who waits, the first who asked first."""
    waiting = work.session.execute(_waiting(desk)).all()
    needs = {meeting.id: needs_of(work, meeting) for _, meeting in waiting}
    diaries = _diaries(desk, work, [(needs[each.id], each.host_id) for _, each in waiting])
    asked_on = _days_asked_about(work)
    for place, meeting in waiting:
        passed_by = {datetime.fromisoformat(start) for start in place.passed_by}
        times = earlier_times(desk, diaries[needs[meeting.id]], meeting)
        slots = news(times, passed_by, asked_on[meeting.id])
        for slot in slots:
            yield meeting.id, slot.starts_at
            break


def _diaries(
    desk: Desk, work: UnitOfWork, wanted: Iterable[tuple[Needs, str]]
) -> dict[Needs, dict[str, Diary]]:
    """Return the diaries of the hosts (ids) for each of the needs that somebody has.

    A time that leaves its parent less than ``LEAST_TIME`` to answer is not among them.
    """
    hosts: defaultdict[Needs, set[str]] = defaultdict(set)
    for needs, host_id in wanted:
        hosts[needs].add(host_id)
    opened = partial(open_diaries, desk, work.session, grace=-LEAST_TIME)
    return {needs: opened(sorted(ids), needs=needs) for needs, ids in hosts.items()}


def _waiting(desk: Desk) -> Select[WaitingPlace, Meeting]:
    asked = select(TimeOffer.meeting_id).where(
        EARLIER, TimeOffer.state == TimeOfferState.OPEN.value
    )
    return (
        select(WaitingPlace, Meeting)
        .join(Meeting, Meeting.id == WaitingPlace.meeting_id)
        .where(Meeting.status == MeetingStatus.BOOKED.value)
        .where(Meeting.starts_at > desk.clock.now())
        .where(WaitingPlace.meeting_id.not_in(asked), Meeting.host_id.in_(list(desk.school.by_id)))
        .order_by(WaitingPlace.asked_at, WaitingPlace.meeting_id)
    )


def _days_asked_about(work: UnitOfWork) -> Mapping[str, set[date]]:
    """Return for each meeting that waits the days (London) of the times it was offered before."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    waits = select(WaitingPlace.meeting_id)
    offered = select(TimeOffer.meeting_id, TimeOffer.starts_at)
    for meeting_id, start in work.session.execute(
        offered.where(EARLIER, TimeOffer.meeting_id.in_(waits))
    ):
        days[meeting_id].add(to_london(start).date())
    return days


def _offer(desk: Desk, meeting_id: str, starts_at: datetime) -> bool:
    """Offer the time; tell whether it could still be had."""
    try:
        offer_time(
            desk,
            meeting_id=meeting_id,
            starts_at=starts_at,
            kind=TimeOfferKind.EARLIER,
            made_by=WAITING_LIST,
            idempotency_key=f"earlier|{meeting_id}|{starts_at.isoformat()}",
        )
    except (SlotTaken, HostNotAllowed, VisitNotAllowed, MeetingGone):
        return False  # somebody was quicker; the next round looks again
    return True
