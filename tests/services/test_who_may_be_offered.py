"""Whoever the matter is about, nobody behind the wall is offered, held or booked."""

from __future__ import annotations

import pytest

from assistant.casework.hosts import may_host
from assistant.casework.kinds import Channel
from assistant.casework.school import load_school
from assistant.casework.wall import school_wall
from assistant.services.desk import Desk
from assistant.services.meeting_errors import HostNotAllowed
from assistant.services.offer_hosts import offer_hosts
from assistant.services.offer_slots import offer_slots
from assistant.store.meeting_tables import Cell
from tests.databases import ON_SQLITE
from tests.services.bookings import book, count

pytestmark = ON_SQLITE

SCHOOL = load_school("primary")
EVERYBODY = [person.id for person in SCHOOL.people]
HOSTS = [person.id for person in SCHOOL.people if may_host(SCHOOL, person)]
TALKS = (Channel.STAFF, Channel.HEADTEACHER, Channel.GOVERNORS)


def test_nobody_behind_the_wall_is_offered_at_any_door(desk: Desk) -> None:
    for about in EVERYBODY:
        subjects = frozenset({about})
        walled = school_wall(SCHOOL, subjects)
        assert about in walled
        for channel in TALKS:
            wish = {"class_name": "4B", "wanted_staff_id": about, "subjects": subjects}
            hosts = offer_hosts(desk, channel=channel, **wish)  # type: ignore[arg-type]
            assert hosts, f"{channel} has no fallback when it is about {about}"
            assert not {host.staff_id for host in hosts} & walled
        offer = offer_slots(desk, host_ids=HOSTS, windows=None, subjects=subjects, limit=10_000)
        assert {slot.host_id for slot in offer.matching} <= set(HOSTS) - walled


def test_nobody_behind_the_wall_can_be_booked(desk: Desk) -> None:
    for about in EVERYBODY:
        for host in school_wall(SCHOOL, frozenset({about})):
            with pytest.raises(HostNotAllowed):
                book(desk, f"{about} {host}", host_id=host, subjects=frozenset({about}))
    assert count(desk, Cell) == 0


@pytest.mark.parametrize("host", [person.id for person in SCHOOL.people
                                  if not may_host(SCHOOL, person)])  # fmt: skip
def test_who_is_no_host_cannot_be_booked_by_name(desk: Desk, host: str) -> None:
    with pytest.raises(HostNotAllowed):
        book(desk, "key", host_id=host)


def test_a_governor_is_met_through_the_clerk_and_the_wall_keeps_the_clerk_out_too(
    desk: Desk,
) -> None:
    through = offer_hosts(desk, channel=Channel.GOVERNORS)
    assert all(host.through_clerk for host in through)
    about_clerk = offer_hosts(desk, channel=Channel.GOVERNORS, subjects=frozenset({"ms-whitaker"}))
    assert [host.staff_id for host in about_clerk] == ["dr-siddiqui", "mr-thorpe"]
