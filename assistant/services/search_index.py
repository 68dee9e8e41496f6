"""A blind index: the words that find a record, digested under the lookup key.

Names are sealed, so a database cannot look for them. The digests are written in the transaction
that makes the record; what a parent wrote about the matter is not among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, insert, select

from assistant.casework.search_words import words_of
from assistant.security.sealing import SealBrokenError
from assistant.security.tokens import token_digest
from assistant.services.record_links import CASE, MEETING
from assistant.services.records import child_of, contact_of
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile
from assistant.store.worklist_tables import SearchToken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.services.desk import Desk
    from assistant.services.shapes import Child, Contact
    from assistant.store.unit_of_work import UnitOfWork

PURPOSE = "search"
INDEXED = "indexed"
"""A word of every record, also of one without a name: it tells that the record was indexed."""
AT_A_TIME = 200


def digest_of(desk: Desk, word: str) -> str:
    """Return what is stored of one word."""
    return token_digest(desk.keys.lookup, PURPOSE, word)


def index_record(
    desk: Desk, work: UnitOfWork, kind: str, record_id: str, people: tuple[Contact, Child]
) -> None:
    """Write the words that find a record; words of an earlier state go."""
    contact, child = people
    words = words_of(
        names=(contact.name, child.name),
        phone=contact.phone,
        email=contact.email,
        class_name=child.class_name,
    )
    forget_tokens(work, kind, record_id)
    rows = [
        {"token": digest_of(desk, word), "record_kind": kind, "record_id": record_id}
        for word in sorted(words | {INDEXED})
    ]
    work.session.execute(insert(SearchToken), rows)


def forget_tokens(work: UnitOfWork, kind: str, record_id: str) -> None:
    """Remove the words of a record; it can no longer be searched for."""
    mine = SearchToken.record_kind == kind, SearchToken.record_id == record_id
    work.session.execute(delete(SearchToken).where(*mine))


def index_missing(desk: Desk) -> int:
    """Index the records that were made before there was an index; return how many."""
    return _index_all(desk, CASE, CaseFile) + _index_all(desk, MEETING, Meeting)


_TABLES: tuple[tuple[str, type[CaseFile | Meeting]], ...] = (
    (CASE, CaseFile),
    (MEETING, Meeting),
)


def _index_all(desk: Desk, kind: str, table: type[CaseFile | Meeting]) -> int:
    done, last = 0, ""
    while True:
        with desk.unit_of_work() as work:
            has = select(SearchToken.record_id).where(
                SearchToken.token == digest_of(desk, INDEXED), SearchToken.record_kind == kind
            )
            missing = select(table).where(table.id.not_in(has), table.id > last)
            found = work.session.scalars(missing.order_by(table.id).limit(AT_A_TIME))
            rows = cast("Sequence[CaseFile | Meeting]", found.all())
            if not rows:
                return done
            done += sum(_index_row(desk, work, kind, row) for row in rows)
            last = rows[-1].id
            work.commit(unrecorded="digests of what the records hold already")


def _index_row(desk: Desk, work: UnitOfWork, kind: str, row: CaseFile | Meeting) -> bool:
    """Tell whether the row could be read: one whose key was destroyed stays unfound."""
    try:
        people = contact_of(work, row), child_of(work, row)
    except SealBrokenError:
        return False
    index_record(desk, work, kind, row.id, people)
    return True
