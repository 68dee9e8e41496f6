"""Take or leave another time that was offered for a meeting."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.casework.kinds import TimeOfferState
from assistant.services.meeting_errors import MeetingGone, SlotTaken
from assistant.services.meetings import changeable, meeting_receipt
from assistant.services.move_meeting import put_at, record_move, refusal, wanted_time
from assistant.services.requests import already_done, mark_done
from assistant.services.time_offer_mail import tell_of_answer
from assistant.services.time_offers import holder_of, is_live, settle
from assistant.services.turns import PARENT
from assistant.store.meeting_tables import Meeting, TimeOffer
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import MeetingReceipt
    from assistant.store.unit_of_work import UnitOfWork

ANSWER = "answer time offer"


def answer_time_offer(
    desk: Desk, *, offer_id: str, meeting_id: str, accept: bool, idempotency_key: str
) -> MeetingReceipt:
    """Move the meeting to the offered time, or leave it where it is; return its receipt.

    A repeated key or answer changes nothing, and neither does leaving an offer that has ended.

    Raises:
        SlotTaken: the offer has ended or is none of this meeting's; the meeting stays, and free
            times near the one that was offered come along.
        HostNotAllowed: the host may no longer host this matter.
        VisitNotAllowed: the meeting is in person, and this parent may not come in.
        MeetingGone: it is cancelled, over, or not there.
    """
    answer = partial(_answer, desk, offer_id, meeting_id, idempotency_key, accept=accept)
    try:
        return settled(answer)
    except SlotTaken as taken:
        raise _refusal(desk, offer_id, meeting_id) from taken


def _answer(
    desk: Desk, offer_id: str, meeting_id: str, key: str, *, accept: bool
) -> MeetingReceipt:
    with desk.unit_of_work() as work:
        meeting = work.session.get(Meeting, meeting_id, with_for_update=True)
        if meeting is None:
            raise MeetingGone
        if not already_done(work, ANSWER, offer_id, key):
            offer = _locked_offer(work, offer_id, meeting_id)
            if (_accept if accept else _decline)(desk, work, meeting, offer):
                mark_done(desk, work, ANSWER, offer_id, key)
                work.commit()
        return meeting_receipt(desk, meeting)


def _locked_offer(work: UnitOfWork, offer_id: str, meeting_id: str) -> TimeOffer:
    offer = work.session.get(TimeOffer, offer_id, with_for_update=True)
    if offer is None or offer.meeting_id != meeting_id:
        raise SlotTaken
    return offer


def _accept(desk: Desk, work: UnitOfWork, meeting: Meeting, offer: TimeOffer) -> bool:
    """Move the meeting; tell whether anything changed."""
    if offer.state == TimeOfferState.ACCEPTED.value and meeting.starts_at == offer.starts_at:
        return False
    changeable(desk, meeting)
    if not is_live(desk, offer):
        raise SlotTaken
    put_at(desk, work, meeting, wanted_time(work, meeting, offer.starts_at, holder_of(offer.id)))
    settle(desk, work, offer, TimeOfferState.ACCEPTED, PARENT)
    record_move(desk, work, meeting)
    return True


def _decline(desk: Desk, work: UnitOfWork, meeting: Meeting, offer: TimeOffer) -> bool:
    """Keep the meeting where it is; tell whether anything changed."""
    if not is_live(desk, offer):
        return False
    settle(desk, work, offer, TimeOfferState.DECLINED, PARENT)
    tell_of_answer(desk, work, meeting, offer)
    return True


def _refusal(desk: Desk, offer_id: str, meeting_id: str) -> SlotTaken:
    with desk.unit_of_work(read_only=True) as work:
        offer = work.session.get(TimeOffer, offer_id)
        meeting = work.session.get_one(Meeting, meeting_id)
        mine = offer is not None and offer.meeting_id == meeting_id
        near = offer.starts_at if offer and mine else meeting.starts_at
    return refusal(desk, meeting_id, near)
