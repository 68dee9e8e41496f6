"""The neutral words of e-mails about other times that were offered for a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.casework.calendar import to_london
from assistant.casework.kinds import TimeOfferKind, TimeOfferState
from assistant.casework.wall import school_wall
from assistant.casework.wording import say_when
from assistant.services.meeting_mail import parent_letter, staff_letter, staff_reader, when_words
from assistant.services.meetings import reader_ids, subjects_of
from assistant.services.outbox import may_write_to, post
from assistant.services.time_offers import ends_at

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.services.shapes import Contact
    from assistant.store.meeting_tables import Meeting, TimeOffer
    from assistant.store.unit_of_work import UnitOfWork

OPENINGS = {
    TimeOfferKind.EARLIER: "An earlier time has come free for your meeting",
    TimeOfferKind.PROPOSED: "The school asks if another time for your meeting would suit you",
}
ANSWERS = {
    TimeOfferState.DECLINED: "The other time that you offered does not suit the parent.",
    TimeOfferState.EXPIRED: "The other time that you offered was not answered and is free again.",
}


def tell_of_offer(
    desk: Desk, work: UnitOfWork, meeting: Meeting, contact: Contact, offer: TimeOffer
) -> None:
    """Write to the parent, if they gave an address that they did not call unsafe."""
    if not may_write_to(contact):
        return
    new = say_when(to_london(offer.starts_at), to_london(offer.ends_at))
    first = (
        f"{OPENINGS[TimeOfferKind(offer.kind)]}: {new}.\n"
        f"It is kept for you until {say_when(to_london(ends_at(desk, offer)))}.\n\n"
        "To say yes or no, use the link below. "
        f"If you do nothing, your meeting stays on {when_words(meeting)}."
    )
    post(desk, work, parent_letter(desk, meeting, contact, f"offer {offer.id}", first))


def tell_of_answer(desk: Desk, work: UnitOfWork, meeting: Meeting, offer: TimeOffer) -> None:
    """Tell who proposed the time that it was not taken, if they may still see the meeting."""
    reader = staff_reader(desk, offer.made_by)
    walled = school_wall(desk.school, subjects_of(work, meeting.id))
    if reader and offer.made_by in {*reader_ids(work, meeting.id), meeting.host_id} - walled:
        answer = ANSWERS[TimeOfferState(offer.state)]
        first = f"{answer}\nThe meeting stays on {when_words(meeting)}."
        post(desk, work, staff_letter(desk, meeting, reader, f"answer {offer.id}", first))
