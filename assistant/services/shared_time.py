"""The rooms and interpreters that a meeting may need: their keys, their locks and their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from assistant.casework.busy import Busy
from assistant.casework.kinds import MeetingMode
from assistant.casework.resources import (
    ALWAYS_IN_PERSON,
    Company,
    Resource,
    interpreter_key,
    interpreters_for,
    room_key,
    rooms_for,
    working_week,
)
from assistant.store import meeting_tables as tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assistant.casework.resources import Pool, Week
    from assistant.casework.school import School
    from assistant.casework.slots import Taken
    from assistant.services.shapes import Needs
    from assistant.store.unit_of_work import UnitOfWork


def shared_keys(school: School, needs: Needs, mode: MeetingMode | None = None) -> list[str]:
    """Return the keys of all that a meeting with these needs could take, sorted."""
    in_person = mode in {None, MeetingMode.IN_PERSON}
    return sorted({**(_rooms(school, needs) if in_person else {}), **_interpreters(school, needs)})


def lock_shared(work: UnitOfWork, keys: Iterable[str]) -> None:
    """Lock rooms and interpreters until the transaction ends.

    After the host's row and always in the order of their keys, so that no two bookings can wait
    for each other.
    """
    mine = select(tables.Resource).where(tables.Resource.key.in_(list(keys)))
    work.session.execute(mine.order_by(tables.Resource.key).with_for_update(key_share=True))


def company_of(school: School, needs: Needs, taken: Mapping[str, Iterable[Taken]]) -> Company:
    """Return the rooms and interpreters with their time; ``taken`` is by key."""
    rooms, interpreters = _rooms(school, needs), _interpreters(school, needs)
    return Company(
        rooms=_pool(rooms, taken) if school.rooms else None,
        interpreters=_pool(interpreters, taken) if interpreters else None,
    )


def _rooms(school: School, needs: Needs) -> dict[str, Week]:
    rooms = rooms_for(school, step_free=needs.step_free)
    return {room_key(room.id): ALWAYS_IN_PERSON for room in rooms}


def _interpreters(school: School, needs: Needs) -> dict[str, Week]:
    found = interpreters_for(school, needs.interpreter)
    return {interpreter_key(each.id): working_week(each) for each in found}


def _pool(weeks: Mapping[str, Week], taken: Mapping[str, Iterable[Taken]]) -> Pool:
    return [Resource(key, week, _busy(taken[key])) for key, week in weeks.items()]


def _busy(taken: Iterable[Taken]) -> Busy:
    busy = Busy()
    for each in taken:
        busy.take(each.first, each.cells)
    return busy
