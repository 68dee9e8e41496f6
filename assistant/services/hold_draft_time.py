"""Hold the time that a parent chose on the booking pages, and note it in the draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.casework.kinds import MeetingMode
from assistant.casework.times import Window
from assistant.casework.wall import school_wall
from assistant.services.change_draft import change_draft
from assistant.services.draft_people import subjects_of
from assistant.services.drafts import draft_view, find_draft
from assistant.services.hold_slot import hold_slot
from assistant.services.host_time import with_alternatives
from assistant.services.meeting_errors import HostNotAllowed
from assistant.services.offer_slots import offer_slots
from assistant.services.visit_restrictions import refuse_visit

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.casework.slots import Slot
    from assistant.services.desk import Desk
    from assistant.services.draft_answers import Answers
    from assistant.services.drafts import DraftView

A_MOMENT = timedelta(minutes=1)


def hold_draft_time(desk: Desk, *, token: str, starts_at: datetime) -> DraftView:
    """Hold the time (aware) with the host of the draft, in place of what it held before.

    The room and the interpreter that the draft needs are held with it.

    Raises:
        SlotTaken: it has gone, or was never free; the three nearest free slots come along.
        HostNotAllowed: the host may not meet about this matter.
        VisitNotAllowed: who the draft says they are may not come in; by phone or video they may.
        DraftGone: there is no such draft.
    """
    with desk.unit_of_work(read_only=True) as work:
        draft = draft_view(desk, work, find_draft(desk, work, token))
        mode, needs = MeetingMode(draft.answers.mode), draft.answers.needs
        refuse_visit(desk, work, draft.answers.contact, mode)
    slot = _slot(desk, draft, starts_at)
    until = hold_slot(desk, holder=draft.holder, slot=slot, needs=needs, mode=mode)

    def chosen(answers: Answers) -> Answers:
        return replace(answers, starts_at=slot.starts_at, ends_at=slot.ends_at, held_until=until)

    return change_draft(desk, token=token, change=chosen)


def _slot(desk: Desk, draft: DraftView, starts_at: datetime) -> Slot:
    answers, subjects = draft.answers, subjects_of(desk, draft.answers)
    if not answers.host_id or answers.host_id in school_wall(desk.school, subjects):
        raise HostNotAllowed
    mode = MeetingMode(answers.mode)
    found = offer_slots(
        desk,
        host_ids=[answers.host_id],
        windows=[Window(starts_at, starts_at + A_MOMENT)],
        mode=mode,
        needs=answers.needs,
        subjects=subjects,
        holder=draft.holder,
    ).matching
    if not found:
        raise with_alternatives(desk, answers.host_id, starts_at, mode, answers.needs)
    return found[0]
