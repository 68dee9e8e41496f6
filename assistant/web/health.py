"""Whether parents can be served: every process answers and both databases take a write."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import structlog
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json as json_response
from sqlalchemy import text

if TYPE_CHECKING:
    from assistant.store.unit_of_work import OpenWork

log = structlog.get_logger()
blueprint = Blueprint("health")

PROBE = text("UPDATE alembic_version SET version_num = version_num")
"""A write that needs the write lock and the disk, and changes nothing."""

SECONDS_TO_ANSWER = 3.0


@blueprint.get("/healthz", name="healthz")
async def healthz(request: Request) -> HTTPResponse:
    """Answer 200 once everything works, else 503 naming each part that does not."""
    desk = request.app.ctx.desk
    names = ("brain", "actions", "case database", "alerts database")
    checks = await asyncio.gather(
        request.app.ctx.gateway.brain.is_ready(),
        _answers(f"http://127.0.0.1:{desk.settings.actions_port}/health"),
        _takes_a_write(desk.unit_of_work),
        _takes_a_write(desk.alerts_unit_of_work),
    )
    parts = {"web": True, **dict(zip(names, checks, strict=True))}
    well = all(parts.values())
    words = {name: "ok" if good else "unavailable" for name, good in parts.items()}
    body = {"status": "ok" if well else "unavailable", "parts": words}
    return json_response(body, status=200 if well else 503)


async def _answers(url: str) -> bool:
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=SECONDS_TO_ANSWER) as client:
            return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False


async def _takes_a_write(open_work: OpenWork) -> bool:
    try:
        async with asyncio.timeout(SECONDS_TO_ANSWER):
            await asyncio.to_thread(_write, open_work)
    except Exception as problem:  # noqa: BLE001 - whatever is wrong, this part is unavailable
        log.warning("probe_failed", error=type(problem).__name__)
        return False
    return True


def _write(open_work: OpenWork) -> None:
    with open_work() as work:
        work.session.execute(PROBE)
        work.commit(unrecorded="a health probe changes nothing")
