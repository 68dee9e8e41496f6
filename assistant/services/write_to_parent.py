"""Write to the parent of a case: on their page, with a neutral e-mail that says it is there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.security.tokens import record_token
from assistant.services.case_mail import tell_parent
from assistant.services.errors import TextTooLong
from assistant.services.outbox import may_write_to
from assistant.services.record_links import CASE
from assistant.services.records import contact_of
from assistant.services.take_turn import MOST_CHARACTERS
from assistant.services.turns import stored_key
from assistant.services.who_may_read import case_for
from assistant.store.columns import new_id
from assistant.store.letter_tables import Letter
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from assistant.services.desk import Desk
    from assistant.store.tables import CaseFile
    from assistant.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Draft:
    """What ``author`` writes to a parent, once per ``key``; ``template`` is where it began."""

    author: str
    template: str
    words: str
    key: str


def write_to_parent(  # noqa: PLR0913 - a letter is what it is
    desk: Desk, *, staff_id: str, reference: str, template: str, words: str, idempotency_key: str
) -> None:
    """Put ``words`` on the parent's page; a repeated key writes nothing.

    ``template`` is the id of the school's letter that it began from, or empty.
    Raises ``NotHere`` for a case that is missing or not theirs, and ``TextTooLong``.
    """
    draft = Draft(staff_id, template, words, idempotency_key)
    settled(partial(_write, desk, reference, draft))


def put_letter(desk: Desk, work: UnitOfWork, case: CaseFile, draft: Draft) -> Letter | None:
    """Put the letter on the parent's page and tell them, in the caller's transaction.

    Returns None, and writes nothing, for a key that was written before. Raises ``TextTooLong``.
    """
    known = select(Letter.id).where(Letter.idempotency_key == _key(case, draft))
    if work.session.scalar(known) is not None:
        return None
    letter = keep_letter(desk, work, case, draft)
    _tell(desk, work, case, letter)
    return letter


def keep_letter(desk: Desk, work: UnitOfWork, case: CaseFile, draft: Draft) -> Letter:
    """Put the letter on the parent's page in the caller's transaction, which tells them itself."""
    if len(draft.words) > MOST_CHARACTERS:
        raise TextTooLong
    letter = Letter(
        id=new_id(),
        idempotency_key=_key(case, draft),
        case_id=case.id,
        author=draft.author,
        template=draft.template,
        written_at=desk.clock.now(),
    )
    work.seal(letter, "words", draft.words)
    work.session.add(letter)
    work.session.flush()  # other rows refer to it
    return letter


def _key(case: CaseFile, draft: Draft) -> str:
    return stored_key(f"{case.id}|{draft.author}|{draft.key}")


def _write(desk: Desk, reference: str, draft: Draft) -> None:
    with desk.unit_of_work() as work:
        case = case_for(desk, work, draft.author, reference)
        if put_letter(desk, work, case, draft):
            work.commit()


def _tell(desk: Desk, work: UnitOfWork, case: CaseFile, letter: Letter) -> None:
    told = may_write_to(contact_of(work, case))
    token = record_token(desk.keys.lookup, CASE, case.id)
    words = (
        f"{desk.school.name} has written to you about {case.reference}.\n\n"
        f"Read it and answer: {desk.settings.public_url}/r/{token}"
    )
    tell_parent(desk, work, case, f"letter {letter.id}", words)
    work.history.append(
        "case.parent_written", letter.author, CASE, case.id, letter=letter.id, parent_told=told
    )
