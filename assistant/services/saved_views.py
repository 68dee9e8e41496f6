"""Views of the list of cases that one person keeps under a name. Nobody else sees them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from assistant.services.errors import NotHere, NotPossibleNow
from assistant.services.requests import already_done, mark_done
from assistant.store.columns import is_row_id, new_id
from assistant.store.unit_of_work import settled
from assistant.store.worklist_tables import SavedView

if TYPE_CHECKING:
    from assistant.services.desk import Desk

MOST_VIEWS = 20
LONGEST_NAME = 60
VIEW = "saved_view"


@dataclass(frozen=True)
class View:
    """A named filter; ``query`` is the query string of its page."""

    id: str
    name: str
    query: str


def list_views(desk: Desk, staff_id: str) -> tuple[View, ...]:
    """Return the person's views by name."""
    mine = select(SavedView).where(SavedView.staff_id == staff_id)
    with desk.unit_of_work(read_only=True) as work:
        rows = work.session.scalars(mine)
        views = [View(row.id, work.unseal(row, "name"), row.query) for row in rows]
    return tuple(sorted(views, key=lambda view: view.name.casefold()))


def save_view(desk: Desk, *, staff_id: str, name: str, query: str, idempotency_key: str) -> None:
    """Keep the view, once a key; raises ``NotPossibleNow`` beyond ``MOST_VIEWS``."""
    settled(partial(_save, desk, staff_id, name[:LONGEST_NAME], query, idempotency_key))


def remove_view(desk: Desk, *, staff_id: str, view_id: str) -> None:
    """Forget the view; raises ``NotHere`` for a missing one and for somebody else's alike."""
    with desk.unit_of_work() as work:
        row = work.session.get(SavedView, view_id) if is_row_id(view_id) else None
        if row is None or row.staff_id != staff_id:
            raise NotHere
        work.session.delete(row)
        work.history.append("view.removed", staff_id, VIEW, view_id)
        work.commit()


def _save(desk: Desk, staff_id: str, name: str, query: str, key: str) -> None:
    with desk.unit_of_work() as work:
        if already_done(work, "save_view", staff_id, key):
            return
        mine = select(func.count()).where(SavedView.staff_id == staff_id)
        if (work.session.scalar(mine) or 0) >= MOST_VIEWS:
            raise NotPossibleNow
        view_id, now = new_id(), desk.clock.now()
        row = SavedView(id=view_id, staff_id=staff_id, query=query, made_at=now)
        work.seal(row, "name", name)
        work.session.add(row)
        mark_done(desk, work, "save_view", staff_id, key)
        work.history.append("view.saved", staff_id, VIEW, view_id)
        work.commit()
