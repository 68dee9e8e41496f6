"""Make the final copy of a draft that a person has read; the copy itself is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.services.disclosed_chats import chosen_chats
from assistant.services.disclosure_shapes import DataSubject  # noqa: TC001 - a field of SealedCopy
from assistant.services.disclosures import DISCLOSURE, begun_part
from assistant.services.draft_disclosure import copy_of, draft_of, records_of
from assistant.services.errors import NotPossibleNow
from assistant.services.forget_conversation import CONVERSATION
from assistant.store.columns import new_id
from assistant.store.disclosure_tables import DisclosureSeal
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk


CHAT_DISCLOSED = "conversation.disclosed"


@dataclass(frozen=True)
class SealedCopy:
    """What is handed over; ``records`` are plain JSON types."""

    reference: str
    person: DataSubject
    records: list[dict[str, Any]]
    digest: str


def seal_disclosure(desk: Desk, *, staff_id: str, reference: str, digest: str) -> SealedCopy:
    """Return the copy whose draft had this ``digest`` when it was read.

    Raises ``NotHere``, and ``NotPossibleNow`` when nothing is ticked or the records or masks have
    changed since: what was not looked at is not handed over.
    """
    return settled(partial(_seal, desk, staff_id, reference, digest))


def _seal(desk: Desk, staff_id: str, reference: str, digest: str) -> SealedCopy:
    with desk.unit_of_work() as work:
        part = begun_part(desk, work, staff_id, reference)
        draft = draft_of(desk, work, part)
        handed = {each.reference for each in draft.records if not each.left_out}
        if not handed or draft.digest != digest or draft.view.person is None:
            raise NotPossibleNow
        now = desk.clock.now()
        work.session.add(
            DisclosureSeal(id=new_id(), disclosure_id=part.id, digest=digest, sealed_at=now)
        )
        work.history.append("disclosure.sealed", staff_id, DISCLOSURE, part.id, digest=digest)
        for kind, row in records_of(desk, work, part):
            if row.reference in handed:
                work.history.append(f"{kind}.disclosed", staff_id, kind, row.id, digest=digest)
        for chat in chosen_chats(desk, work, part):
            work.history.append(CHAT_DISCLOSED, staff_id, CONVERSATION, chat.id, digest=digest)
        work.commit()
        return SealedCopy(draft.view.reference, draft.view.person, copy_of(draft.records), digest)
