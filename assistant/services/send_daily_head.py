"""Write the ends of both histories to the chair and the clerk, once a day.

Who changes the past later would have to change these letters as well. They tell a digest and no
number, so that nobody can count from them what was recorded.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.calendar import to_london
from assistant.casework.kinds import Role
from assistant.casework.wording import say_day
from assistant.services.outbox import Message, post
from assistant.services.verify_history import fingerprints, verify_history
from assistant.store.ledger import Outbox
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from datetime import date

    from assistant.casework.school_shapes import Person
    from assistant.services.desk import Desk
    from assistant.services.verify_history import WrongEvent

HISTORY, SYSTEM = "history", "schoolgate"
READERS = (Role.CHAIR, Role.CLERK)
WHOLE = "Nothing in it was changed or taken away."


def send_daily_head(desk: Desk) -> int:
    """Post the letters of today, by the school's clock; return how many, 0 when they were sent.

    However many processes try, each reader gets one letter a day.
    """
    today = to_london(desk.clock.now()).date()
    readers = {person.id: person for role in READERS for person in desk.school.with_role(role)}
    if not readers or _is_sent(desk, today):
        return 0
    body = _words(desk, today)
    return settled(partial(_post, desk, today, tuple(readers.values()), body))


def _post(desk: Desk, today: date, readers: tuple[Person, ...], body: str) -> int:
    if _is_sent(desk, today):
        return 0
    with desk.unit_of_work() as work:
        for person in readers:
            post(desk, work, _letter(desk, today, person, body))
        work.history.append("history.head_sent", SYSTEM, HISTORY, today.isoformat())
        work.commit()
    return len(readers)


def _is_sent(desk: Desk, today: date) -> bool:
    theirs = Outbox.target_kind == HISTORY, Outbox.target_id == today.isoformat()
    with desk.unit_of_work(read_only=True) as work:
        return work.session.scalars(select(Outbox.id).where(*theirs).limit(1)).first() is not None


def _letter(desk: Desk, today: date, person: Person, body: str) -> Message:
    return Message(
        idempotency_key=f"history head|{today.isoformat()}|{person.id}",
        target_kind=HISTORY,
        target_id=today.isoformat(),
        to=person.email,
        subject=f"A message from {desk.school.short_name}",
        body=body,
    )


def _words(desk: Desk, today: date) -> str:
    wrong = verify_history(desk)
    ends = fingerprints(desk)
    return (
        f"The record of what was done in Schoolgate, as it ends on {say_day(today)}.\n"
        f"{' '.join(map(_fault, wrong)) or WHOLE}\n\n"
        f"{_policy_to_review(desk, today)}"
        f"Cases and meetings: {ends['cases'] or 'nothing yet'}\n"
        f"Alerts: {ends['alerts'] or 'nothing yet'}\n\n"
        "Please keep this message. If there is ever a doubt, it shows whether the record up to "
        "that day is still the same. Whoever looks after Schoolgate runs: python3 -m assistant "
        "verify --seen, followed by one of the two long numbers."
    )


def _policy_to_review(desk: Desk, today: date) -> str:
    policy = desk.school.social_media_policy
    if policy.review_on > today:
        return ""
    due = f"{policy.review_on.day} {policy.review_on:%B %Y}"
    return f"“{policy.title}”, version {policy.version}, was due for review on {due}.\n\n"


def _fault(wrong: WrongEvent) -> str:
    return (
        f"THE RECORD OF {wrong.database.upper()} IS NOT WHOLE, from entry {wrong.sequence} on. "
        "Ask whoever looks after Schoolgate to keep a copy of everything and to find out why."
    )
