"""Settle the figures of terms that are over: each is counted once, and changes no more.

Whoever printed a report could compare it with the next: a case that moved on, was purged, or turned
out to be about somebody would show as a difference. So each case of a term is counted as it stood
when the term was settled, some days after its end, and without the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from assistant.casework.calendar import to_london
from assistant.casework.kinds import CaseKind, CaseStatus, Channel
from assistant.casework.statuses import FINISHED
from assistant.casework.topics import topic_of
from assistant.casework.wall import school_wall
from assistant.security.tokens import token_digest
from assistant.services.case_dates import ACKNOWLEDGE, REPLY, today_of
from assistant.services.record_keeping import ENDINGS
from assistant.store.columns import new_id
from assistant.store.figure_tables import CaseTopic, SettledFact, SettledTerm
from assistant.store.ledger import HistoryEvent
from assistant.store.tables import CaseDeadline, CaseFile, CaseSubject
from assistant.store.unit_of_work import settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from sqlalchemy import Row, Select

    from assistant.casework.school_shapes import Term
    from assistant.services.desk import Desk
    from assistant.store.unit_of_work import UnitOfWork

SYSTEM = "schoolgate"
TERM = "term"
DIGITS = 64
"""Of a digest; an id of the school file is shorter."""
IN_TIME, LATE, NOT_OWED = "In time", "Late or not yet", "No date set"
WORST_LAST = (NOT_OWED, IN_TIME, LATE)


@dataclass(frozen=True)
class _Span:
    """A term and the first day that no longer counts to it: a holiday is of the term before."""

    term: Term
    until: date


def settle_terms(desk: Desk) -> int:
    """Settle every term that is over long enough and not settled yet; return how many."""
    with desk.unit_of_work(read_only=True) as work:
        waiting = _waiting(desk, work)
    for span in waiting:
        settled(lambda span=span: _settle(desk, span))  # type: ignore[misc]
    return len(waiting)


def is_closed_to(desk: Desk, fact: SettledFact, staff_id: str) -> bool:
    """Tell whether the person was behind the wall of the case that the fact was made of."""
    known = set(fact.closed_to)
    return bool(known) and (staff_id in known or wall_mark(desk, fact.id, staff_id) in known)


def wall_mark(desk: Desk, fact_id: str, staff_id: str) -> str:
    """Return what stands for somebody behind the wall of one fact (HMAC-SHA256)."""
    return token_digest(desk.keys.lookup, "settled wall", f"{fact_id}|{staff_id}")


def name_nobody(desk: Desk) -> int:
    """Put digests where facts of before hold the ids of those behind a wall; return how many."""
    return settled(lambda: _name_nobody(desk))


def _name_nobody(desk: Desk) -> int:
    with desk.unit_of_work() as work:
        facts = work.session.scalars(select(SettledFact)).all()
        old = [each for each in facts if any(len(mark) != DIGITS for mark in each.closed_to)]
        for fact in old:
            fact.closed_to = [wall_mark(desk, fact.id, each) for each in fact.closed_to]
        if old:
            work.commit(unrecorded="the same walls, without a name")
    return len(old)


def _waiting(desk: Desk, work: UnitOfWork) -> list[_Span]:
    done = set(work.session.scalars(select(SettledTerm.starts_on)))
    latest = today_of(desk) - timedelta(days=desk.school.figures.settle_days)
    return [each for each in _spans(desk) if each.until <= latest and each.term.start not in done]


def _spans(desk: Desk) -> Iterator[_Span]:
    """Yield the terms of the school file; the last one waits until the next is in the file."""
    for term, following in pairwise(desk.school.terms):
        yield _Span(term, following.start)


def _settle(desk: Desk, span: _Span) -> None:
    with desk.unit_of_work() as work:
        start = span.term.start
        if work.session.get(SettledTerm, start):
            return
        row = SettledTerm(starts_on=start, name=span.term.name, settled_at=desk.clock.now())
        work.session.add(row)
        work.session.flush()
        facts = list(_facts(desk, work, span))
        work.session.add_all(facts)
        work.history.append(
            "term.settled", SYSTEM, TERM, start.isoformat(), cases=len(facts), name=span.term.name
        )
        work.commit()


def _facts(desk: Desk, work: UnitOfWork, span: _Span) -> Iterator[SettledFact]:
    kept, topics, walls = _kept(work), _topics(work), _walls(desk, work)
    columns = (
        CaseFile.id, CaseFile.kind, CaseFile.channel, CaseFile.year, CaseFile.status,
        CaseFile.received_at,
    )  # fmt: skip
    for row in work.session.execute(select(*columns).order_by(CaseFile.id)):
        if span.term.start <= to_london(row.received_at).date() < span.until:
            kind, channel = CaseKind(row.kind), Channel(row.channel)
            fact_id = new_id()
            yield SettledFact(
                id=fact_id,
                starts_on=span.term.start,
                kind=kind.label,
                topic=topic_of(desk.school, kind, channel, topics.get(row.id, "")),
                year=_year(row.year),
                acknowledged=kept.get((row.id, ACKNOWLEDGE), NOT_OWED),
                answered=kept.get((row.id, REPLY), NOT_OWED),
                outcome=CaseStatus(row.status).label,
                closed_to=[wall_mark(desk, fact_id, each) for each in walls.get(row.id, [])],
            )


def _kept(work: UnitOfWork) -> Mapping[tuple[str, str], str]:
    """Return by case and name of a date whether it was kept: late if that of any stage was."""
    ended = _ends().subquery()
    columns = CaseDeadline.case_id, CaseDeadline.name, CaseDeadline.due_on, CaseDeadline.met_at
    dates = (
        select(*columns, CaseDeadline.stopped_on, CaseFile.status, ended.c.at)
        .join(CaseFile, CaseFile.id == CaseDeadline.case_id)
        .join(ended, ended.c.target_id == CaseFile.id, isouter=True)
        .where(CaseDeadline.name.in_((ACKNOWLEDGE, REPLY)))
    )
    found: dict[tuple[str, str], str] = {}
    for row in work.session.execute(dates):
        so_far = found.get((row.case_id, row.name), NOT_OWED)
        found[row.case_id, row.name] = max(so_far, _how_kept(row), key=WORST_LAST.index)
    return found


def _ends() -> Select[str, datetime]:
    """Select by case when it came to where it stands."""
    last = func.max(HistoryEvent.at).label("at")
    moved = select(HistoryEvent.target_id, last).where(HistoryEvent.kind.in_(ENDINGS))
    return moved.group_by(HistoryEvent.target_id)


def _how_kept(row: Row[Any]) -> str:
    """Return whether one date was kept; one that stood still counts as of the day it stopped.

    A case that ended otherwise than by an answer owes none, unless it was late before it ended.
    """
    finished = CaseStatus(row.status) in FINISHED
    at = row.met_at or (row.at if finished else None)
    if at is None:
        return LATE
    day = row.stopped_on or to_london(at).date()
    if day > row.due_on:
        return LATE
    return IN_TIME if row.met_at else NOT_OWED


def _topics(work: UnitOfWork) -> Mapping[str, str]:
    chosen = work.session.execute(select(CaseTopic.case_id, CaseTopic.topic))
    return {row.case_id: row.topic for row in chosen}


def _walls(desk: Desk, work: UnitOfWork) -> Mapping[str, list[str]]:
    """Return by case the ids of all behind its wall."""
    about: dict[str, set[str]] = {}
    for row in work.session.execute(select(CaseSubject.case_id, CaseSubject.staff_id)):
        about.setdefault(row.case_id, set()).add(row.staff_id)
    return {case_id: sorted(school_wall(desk.school, ids)) for case_id, ids in about.items()}


def _year(year: int | None) -> str:
    if year is None:
        return "No year given"
    return f"Year {year:>2}" if year else "Reception"
