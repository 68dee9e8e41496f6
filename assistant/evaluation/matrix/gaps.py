"""What goes into the gaps of an address: which kind of record each path parameter names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sanic_routing import Route


class Gap(StrEnum):
    """The kind of record that a path parameter names; NONE for a route without one."""

    NONE = "no record"
    CASE = "case"
    CAMPAIGN = "linked case"
    POST = "follow-up of a post"
    STEP = "step over a post"
    USE = "restriction"
    REQUEST = "data request"
    RECORD = "case or meeting"
    MEETING = "meeting"
    ALERT = "alert"
    HOURS = "hours"
    LETTER = "dead letter"
    VIEW = "saved view"
    FEED = "calendar address"
    CHART = "chart"
    LINK = "secret link"
    DRAFT = "draft"
    CONVERSATION = "conversation"
    CALENDAR = "calendar"
    ASSET = "asset"
    LOGIN = "one-time login"
    SESSION = "session"
    PASSKEY = "passkey"
    CHAT = "chat with a parent"


GAPS: Mapping[tuple[str, str], Gap] = {
    ("desk/cases", "reference"): Gap.CASE,
    ("desk/cases/<reference:str>/policy", "step"): Gap.STEP,
    ("desk/cases/<reference:str>/restrictions", "use"): Gap.USE,
    ("desk/access/case", "reference"): Gap.CASE,
    ("desk/keeping", "reference"): Gap.RECORD,
    ("desk/meetings", "reference"): Gap.MEETING,
    ("desk/alerts", "alert_id"): Gap.ALERT,
    ("desk/mail", "letter_id"): Gap.LETTER,
    ("desk/availability", "staff_id"): Gap.HOURS,
    ("desk/views", "view_id"): Gap.VIEW,
    ("desk/calendar", "feed_id"): Gap.FEED,
    ("desk/figures/charts", "name"): Gap.CHART,
    ("r", "token"): Gap.LINK,
    ("meet", "token"): Gap.DRAFT,
    ("api/v1/conversations", "conversation"): Gap.CONVERSATION,
    ("calendar", "name"): Gap.CALENDAR,
    ("assets/<digest:str>", "name"): Gap.ASSET,
    ("desk/first-login", "token"): Gap.LOGIN,
    ("desk/security/sessions", "handle"): Gap.SESSION,
    ("desk/security/passkeys", "passkey_id"): Gap.PASSKEY,
    ("desk/chats", "chat_id"): Gap.CHAT,
}
"""By what stands before the parameter, and its name: a new route below one of these is covered."""

CASES_OF = {
    "campaigns": Gap.CAMPAIGN,
    "desk_policy": Gap.POST,
    "desk_restrictions": Gap.POST,
    "their_data": Gap.REQUEST,
}
"""Blueprints whose pages are about one kind of case; the rest are about any."""

SET = {("assets", "digest"): "0", ("meet/<token:str>", "step"): "about"}
"""Parameters that name no record, with what stands in them."""


class UntaughtError(LookupError):
    """A route that nobody told the matrix how to ask for; the message says where to teach it."""


@dataclass(frozen=True)
class Asked:
    """One route: its name without the app's, its method, its parts, and the gap in it.

    Of two gaps, a case and something of it, ``gap`` is the second.
    """

    name: str
    method: str
    parts: tuple[str, ...]
    gap: Gap

    def path(self, value: str) -> str:
        """Return the address with ``value`` in its gap; of two gaps, with a part in each."""
        before = ["/".join(self.parts[:number]) for number in range(len(self.parts))]
        values = iter(value.split("/"))
        filled = (
            _filled(start, part, values) for start, part in zip(before, self.parts, strict=True)
        )
        return "/" + "/".join(filled)


def asked_of(route: Route) -> list[Asked]:
    """Return the route once for each method; raises ``UntaughtError`` for an unknown parameter."""
    name, parts = route.name.partition(".")[2], tuple(route.parts)
    kinds = [
        _kind("/".join(parts[:number]), part, name)
        for number, part in enumerate(parts)
        if part.startswith("<")
    ]
    gap = next((kind for kind in reversed(kinds) if kind is not Gap.NONE), Gap.NONE)
    if gap is Gap.CASE:
        gap = CASES_OF.get(name.partition(".")[0], gap)
    return [Asked(name, method, parts, gap) for method in sorted(route.methods)]


def _kind(before: str, part: str, route: str) -> Gap:
    known = before, part.strip("<>").partition(":")[0]
    if known in SET:
        return Gap.NONE
    if known not in GAPS:
        message = (
            f"The route {route} has the parameter {known[1]!r} below /{before}, and the matrix "
            "does not know which record that is. Add it to GAPS in assistant/evaluation/matrix."
        )
        raise UntaughtError(message)
    return GAPS[known]


def _filled(before: str, part: str, values: Iterator[str]) -> str:
    if not part.startswith("<"):
        return part
    known = before, part.strip("<>").partition(":")[0]
    return SET[known] if known in SET else next(values, "")
