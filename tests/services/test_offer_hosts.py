"""People on offer, as a parent sees them."""

from __future__ import annotations

from assistant.casework.kinds import Channel, Role
from assistant.services.desk import Desk
from assistant.services.offer_hosts import offer_hosts
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


def test_a_host_is_offered_by_the_name_and_role_that_parents_know(desk: Desk) -> None:
    first = offer_hosts(desk, channel=Channel.STAFF, class_name="4B")[0]
    assert (first.staff_id, first.name) == ("mr-bennett", "Mr Bennett")
    assert (first.role_label, first.channel) == ("class teacher", "staff")
    assert not first.through_clerk


def test_whoever_the_matter_is_about_is_not_offered(desk: Desk) -> None:
    about = frozenset({"mr-bennett"})
    offers = offer_hosts(desk, channel=Channel.STAFF, class_name="4B", subjects=about)
    assert "mr-bennett" not in {offer.staff_id for offer in offers}


def test_a_matter_about_the_head_reaches_the_chair_through_the_clerk(desk: Desk) -> None:
    about = frozenset({"mrs-ashworth"})
    first = offer_hosts(desk, channel=Channel.HEADTEACHER, subjects=about)[0]
    assert (first.staff_id, first.channel, first.through_clerk) == (
        "dr-siddiqui",
        "governors",
        True,
    )


def test_a_year_that_the_primary_does_not_have_is_no_error(desk: Desk) -> None:
    offers = offer_hosts(desk, channel=Channel.STAFF, year=8, wanted_role=Role.HEAD_OF_YEAR)
    assert offers[0].staff_id == "mrs-doyle"
