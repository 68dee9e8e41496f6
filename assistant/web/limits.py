"""How often an address or a conversation may ask: counted in memory, or in a shared Redis.

The limits stop floods, never a parent: somebody who types fast stays far below them, and a
message about safety is answered whatever they say (the callers see to that).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

if TYPE_CHECKING:
    from sanic import Request

log = structlog.get_logger()

MESSAGES_OF_A_CONVERSATION = RateLimitItemPerMinute(60)
MESSAGES_OF_AN_ADDRESS = RateLimitItemPerMinute(300)
CONVERSATIONS_OF_AN_ADDRESS = RateLimitItemPerMinute(60)
CHALLENGES_OF_AN_ADDRESS = RateLimitItemPerMinute(60)
RECEIPTS_OF_AN_ADDRESS = RateLimitItemPerMinute(20)
SECONDS_TO_WAIT = 60

THIS_MACHINE = frozenset({"127.0.0.1", "::1"})


class Limits:
    """The counters of one process, or of all processes that share a Redis."""

    def __init__(self, redis_url: str) -> None:
        """Count in memory when ``redis_url`` is empty."""
        where = f"async+{redis_url}" if redis_url else "async+memory://"
        options = {"implementation": "redispy"} if redis_url else {}
        storage = storage_from_string(where, wrap_exceptions=True, **options)
        self._limiter = MovingWindowRateLimiter(storage)

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
