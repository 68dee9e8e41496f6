"""Offer the people whom a parent may talk to about a matter, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.casework.hosts import Host, Wish, hosts_for
from assistant.casework.wall import school_wall

if TYPE_CHECKING:
    from assistant.casework.kinds import Channel, Role
    from assistant.services.desk import Desk


@dataclass(frozen=True)
class HostOffer:
    """Somebody to talk to, as a parent sees them; ``channel`` is a channel code."""

    staff_id: str
    name: str
    role_label: str
    channel: str
    through_clerk: bool


def offer_hosts(  # noqa: PLR0913 - each is a separate fact about the child or the wish
    desk: Desk,
    *,
    channel: Channel,
    class_name: str | None = None,
    year: int | None = None,
    wanted_role: Role | None = None,
    wanted_staff_id: str | None = None,
    subjects: frozenset[str] = frozenset(),
) -> list[HostOffer]:
    """Return the hosts of the channel, best first; nobody whom the wall keeps from ``subjects``.

    A class, year or role that the school does not have falls back to the next in the order. An
    empty list means that nobody inside is free of a conflict: show ``school.governance_contact``.
    """
    wish = Wish(wanted_role, wanted_staff_id, class_name, year)
    hosts = hosts_for(desk.school, channel, wish, school_wall(desk.school, subjects))
    return [_offer(host) for host in hosts]


def _offer(host: Host) -> HostOffer:
    return HostOffer(
        staff_id=host.person.id,
        name=host.person.known_as,
        role_label=host.role.label,
        channel=host.channel.value,
        through_clerk=host.through_clerk,
    )
