"""Search names, references, phone numbers, e-mail and classes within what one may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from assistant.casework.references import normalise_reference
from assistant.casework.search_words import asked
from assistant.services.case_lists import in_order, is_finished
from assistant.services.desk_rows import case_rows, meeting_rows
from assistant.services.record_links import CASE, MEETING
from assistant.services.search_index import digest_of
from assistant.services.seen_records import case_is_open_to, meeting_is_open_to
from assistant.store.meeting_tables import Meeting
from assistant.store.tables import CaseFile
from assistant.store.worklist_tables import SearchToken

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from assistant.services.desk import Desk
    from assistant.services.desk_shapes import CaseRow, MeetingRow
    from assistant.store.unit_of_work import UnitOfWork

MOST = 50
"""As many of a kind are shown; who gets more adds a word."""


@dataclass(frozen=True)
class Found:
    """What a search found; the counts are of all, the rows of the first ``MOST``."""

    cases: tuple[CaseRow, ...] = ()
    meetings: tuple[MeetingRow, ...] = ()
    case_count: int = 0
    meeting_count: int = 0


def search_records(desk: Desk, staff_id: str, words: str) -> Found:
    """Return the records that match every word: open cases first, then the latest."""
    with desk.unit_of_work(read_only=True) as work:
        cases, case_count = _cases(desk, work, staff_id, words)
        meetings, meeting_count = _meetings(desk, work, staff_id, words)
        return Found(
            case_rows(work, cases), meeting_rows(desk, work, meetings), case_count, meeting_count
        )


def _cases(desk: Desk, work: UnitOfWork, staff_id: str, words: str) -> tuple[list[CaseFile], int]:
    matches = matching(desk, CaseFile, CASE, words)
    if matches is None:
        return [], 0
    seen = and_(matches, case_is_open_to(desk.school, staff_id))
    ids = select(CaseFile.id).where(seen)
    newest = ids.order_by(is_finished(), CaseFile.received_at.desc(), CaseFile.id).limit(MOST)
    count = work.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    return in_order(work, work.session.scalars(newest).all()), count


def _meetings(desk: Desk, work: UnitOfWork, staff_id: str, words: str) -> tuple[list[Meeting], int]:
    matches = matching(desk, Meeting, MEETING, words)
    if matches is None:
        return [], 0
    seen = select(Meeting).where(matches, meeting_is_open_to(desk.school, staff_id))
    newest = seen.order_by(Meeting.starts_at.desc(), Meeting.id).limit(MOST)
    ids = seen.with_only_columns(Meeting.id).subquery()
    count = work.session.scalar(select(func.count()).select_from(ids)) or 0
    return list(work.session.scalars(newest)), count


def matching(
    desk: Desk, table: type[CaseFile | Meeting], kind: str, words: str
) -> ColumnElement[bool] | None:
    """Return the condition on the table, None when nothing that could be found was typed."""
    reference = normalise_reference(words)
    if reference:
        return table.reference == reference
    each = [[digest_of(desk, meaning) for meaning in sorted(word)] for word in asked(words)]
    if not each:
        return None
    found = (
        select(SearchToken.record_id).where(
            SearchToken.record_kind == kind, SearchToken.token.in_(digests)
        )
        for digests in each
    )
    return and_(*(table.id.in_(ids) for ids in found))
