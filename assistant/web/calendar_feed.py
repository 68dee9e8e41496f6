"""The private calendar of a member of staff, for the program that subscribes to it.

Who has the address has the calendar, so it is in no log of ours, and a wrong address, a revoked one
and one of somebody who has left get the same answer.
"""

from __future__ import annotations

import hashlib

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from assistant.services.errors import NotHere
from assistant.services.read_feed import read_feed
from assistant.web.calling import ask

SUFFIX = ".ics"
NOT_CHANGED = 304

blueprint = Blueprint("calendar_feed", url_prefix="/calendar")


@blueprint.get("/<name:str>", name="read")
async def read(request: Request, name: str) -> HTTPResponse:
    """Give the calendar, or nothing when the program has it as it is (RFC 9110 §13.1.2)."""
    token, dot, rest = name.partition(SUFFIX)
    if not dot or rest:
        raise NotHere
    body = await ask(request, read_feed, token=token)
    tag = f'"{hashlib.sha256(body).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if _has(request, tag):
        return raw(b"", status=NOT_CHANGED, headers=headers)
    return raw(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _has(request: Request, tag: str) -> bool:
    """Take a weak tag too: a proxy that zips the answer makes it one."""
    known = str(request.headers.get("if-none-match") or "")
    return tag in {each.strip().removeprefix("W/") for each in known.split(",")}
