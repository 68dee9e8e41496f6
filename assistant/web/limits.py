"""How often an address or a conversation may ask: counted in memory, or in a shared Redis.

The limits stop floods, never a parent: somebody who types fast stays far below them, and a
message about safety is answered whatever they say (the callers see to that).
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

import structlog
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sanic import Request

log = structlog.get_logger()

MESSAGES_OF_A_CONVERSATION = RateLimitItemPerMinute(60)
MESSAGES_OF_AN_ADDRESS = RateLimitItemPerMinute(300)
CONVERSATIONS_OF_AN_ADDRESS = RateLimitItemPerMinute(60)
CHALLENGES_OF_AN_ADDRESS = RateLimitItemPerMinute(60)
RECEIPTS_OF_AN_ADDRESS = RateLimitItemPerMinute(20)
FILINGS_OF_A_NETWORK = RateLimitItemPerHour(3)
ONCE_AN_HOUR = RateLimitItemPerHour(1)
SECONDS_TO_WAIT = 60
WHOLE_SCHOOL = "school"
NETWORK_BITS = 64
"""What one household of IPv6 gets; of IPv4 it is one address."""

THIS_MACHINE = frozenset({"127.0.0.1", "::1"})


class Kind(StrEnum):
    """What is counted by the hour, for a network, and free until there is too much of it."""

    FILING = "filing"
    WRONG_RECEIPT = "wrong receipt"


class Limits:
    """The counters of one process, or of all processes that share a Redis."""

    def __init__(self, redis_url: str, filings_an_hour: int = 200) -> None:
        """Count in memory without ``redis_url``; ``filings_an_hour`` is the whole school's."""
        where = f"async+{redis_url}" if redis_url else "async+memory://"
        options = {"implementation": "redispy"} if redis_url else {}
        storage = storage_from_string(where, wrap_exceptions=True, **options)
        self._limiter = MovingWindowRateLimiter(storage)
        self._of_school = RateLimitItemPerHour(filings_an_hour)
        self._under_way: Counter[str] = Counter()

    async def allow_message(self, request: Request, conversation_id: str) -> bool:
        """Count one message; False when the conversation or the address has sent too many."""
        mine = await self._hit(MESSAGES_OF_A_CONVERSATION, "conversation", conversation_id)
        return mine and await self._allow_address(MESSAGES_OF_AN_ADDRESS, request)

    async def allow_conversation(self, request: Request) -> bool:
        """Count one new conversation; False when the address has started too many."""
        return await self._allow_address(CONVERSATIONS_OF_AN_ADDRESS, request)

    async def allow_receipt(self, request: Request) -> bool:
        """Count one receipt that was typed; False when the address has tried too many."""
        address = request.remote_addr or request.ip
        return await self._hit(RECEIPTS_OF_AN_ADDRESS, "receipt", address)

    async def allow_challenge(self, request: Request) -> bool:
        """Count one beginning of a sign-in without a password; False after too many."""
        address = request.remote_addr or request.ip
        return await self._hit(CHALLENGES_OF_AN_ADDRESS, "challenge", address)

    async def left(self, kind: Kind, network: str) -> int:
        """Return how many more of ``kind`` are free this hour, for the network and the school."""
        here = FILINGS_OF_A_NETWORK.amount
        if network not in THIS_MACHINE:
            here = await self._left(FILINGS_OF_A_NETWORK, kind, network)
        if kind is not Kind.FILING:
            return here
        return min(here, await self._left(self._of_school, kind, WHOLE_SCHOOL))

    @contextmanager
    def under_way(self, network: str) -> Iterator[int]:
        """Count one that may yet be filed, and return how many others of the network there are.

        Of this process alone: it keeps a burst of simultaneous forms from all being the first.
        """
        others = 0 if network in THIS_MACHINE else self._under_way[network]
        self._under_way[network] += 1
        try:
            yield others
        finally:
            self._under_way[network] -= 1
            if not self._under_way[network]:
                del self._under_way[network]

    async def count(self, kind: Kind, network: str, name: str) -> None:
        """Count what was done, once however often ``name`` comes again within the hour."""
        if not await self._hit(ONCE_AN_HOUR, f"{kind} counted", name):
            return
        if network not in THIS_MACHINE:
            await self._hit(FILINGS_OF_A_NETWORK, kind, network)
        if kind is Kind.FILING:
            await self._hit(self._of_school, kind, WHOLE_SCHOOL)

    async def is_flooded(self) -> bool:
        """Tell whether the whole school's hour is full; it is logged once an hour."""
        full = await self._left(self._of_school, Kind.FILING, WHOLE_SCHOOL) <= 0
        if full and await self._hit(ONCE_AN_HOUR, "told", WHOLE_SCHOOL):
            log.warning("filings_reached_the_school_limit", limit=self._of_school.amount)
        return full

    async def spend(self, proof: str) -> bool:
        """Use a solved challenge up; False when that was done before."""
        return await self._hit(ONCE_AN_HOUR, "proof", proof)

    async def is_unspent(self, proof: str) -> bool:
        """Tell whether a solved challenge can still be used."""
        return await self._left(ONCE_AN_HOUR, "proof", proof) > 0

    async def give_back(self, proof: str) -> None:
        """Let a solved challenge be used after all: nothing came of it."""
        try:
            await self._limiter.clear(ONCE_AN_HOUR, "proof", proof)
        except StorageError:
            log.warning("limits_not_counted")

    async def _left(self, limit: RateLimitItem, kind: str, who: str) -> int:
        try:
            return (await self._limiter.get_window_stats(limit, kind, who)).remaining
        except StorageError:
            log.warning("limits_not_counted")
            return limit.amount

    async def _allow_address(self, limit: RateLimitItem, request: Request) -> bool:
        """Behind a proxy without a forwarded address all parents look like this machine."""
        address = request.remote_addr or request.ip
        return address in THIS_MACHINE or await self._hit(limit, "address", address)

    async def _hit(self, limit: RateLimitItem, kind: str, who: str) -> bool:
        try:
            return await self._limiter.hit(limit, kind, who)
        except StorageError:
            # Without the counters a parent is let in rather than turned away.
            log.warning("limits_not_counted")
            return True


def network_of(request: Request) -> str:
    """Return whose connection it is: an IPv4 address, or the first 64 bits of an IPv6 one."""
    return shared_part(request.remote_addr or request.ip)


def shared_part(address: str) -> str:
    """Return what the addresses of one household share; what is no address stays as it is."""
    try:
        known = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address) or known.is_loopback:
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, NETWORK_BITS), strict=False))
