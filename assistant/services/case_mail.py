"""The neutral words of e-mails about cases: a reference and a link, nothing of the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.security.tokens import record_token
from assistant.services.outbox import DO_NOT_FORWARD, Message, may_write_to, post
from assistant.services.record_links import CASE
from assistant.services.records import contact_of, is_told

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


def tell_reader(desk: Desk, work: UnitOfWork, case: CaseFile, staff_id: str, event: str) -> None:
    """Tell a reader that something waits on the desk; ``event`` makes the message unique."""
    person = desk.school.by_id.get(staff_id)
    if person is None:
        return  # they left the school; the row of their grant stays, their address does not
    address = f"{desk.settings.public_url}/desk/cases/{case.reference}"
    body = (
        f"Something on your desk needs you. Its reference is {case.reference}.\n\n"
        f"Sign in to read it: {address}\n\n"
        f"{DO_NOT_FORWARD}"
    )
    message = Message(
        idempotency_key=f"{case.id}|{event}|{staff_id}",
        target_kind=CASE,
        target_id=case.id,
        to=person.email,
        subject=f"Something on your desk: {case.reference}",
        body=body,
    )
    post(desk, work, message)


def tell_news(desk: Desk, work: UnitOfWork, case: CaseFile, event: str) -> None:
    """Tell the parent that there is news, with the link to their own page.

    Nothing about a case of which they were not told yet.
    """
    if not is_told(work, case):
        return
    token = record_token(desk.keys.lookup, CASE, case.id)
    words = (
        f"There is news about {case.reference}.\n\n"
        f"Read it here: {desk.settings.public_url}/r/{token}\n\n"
        f"If the link does not work, ring {desk.school.phone} and read out the reference."
    )
    tell_parent(desk, work, case, event, words)


def tell_parent(desk: Desk, work: UnitOfWork, case: CaseFile, event: str, words: str) -> None:
    """Write to the parent, if they gave an address that they did not call unsafe."""
    contact = contact_of(work, case)
    if not may_write_to(contact):
        return
    message = Message(
        idempotency_key=f"{case.id}|{event}|parent",
        target_kind=CASE,
        target_id=case.id,
        to=contact.email,
        subject=f"A message from {desk.school.short_name}",
        body=words,
    )
    post(desk, work, message)
