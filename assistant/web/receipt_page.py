"""The receipt of a case, to print or to photograph: its characters, and its link as a QR code."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import segno
from sanic.response import raw

from assistant.services.errors import NotHere
from assistant.services.receipts import receipt_for
from assistant.web.pages import render
from assistant.web.record_pages import MEETING, blueprint, open_record

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

    from assistant.services.shapes import RecordView


@blueprint.get("/<token:str>/receipt", name="receipt")
async def receipt(request: Request, token: str) -> HTTPResponse:
    """Show the receipt to the bearer of the link; meetings have none."""
    record = await _case(request, token)
    code = receipt_for(request.app.ctx.desk, record.id)
    address = f"/r/{token}"
    return render(request, "record/receipt.html", record=record, receipt=code, address=address)


@blueprint.get("/<token:str>/qr", name="qr")
async def qr(request: Request, token: str) -> HTTPResponse:
    """Send the link of the case as a QR code (SVG)."""
    await _case(request, token)
    picture = BytesIO()
    link = f"{request.app.ctx.desk.settings.public_url}/r/{token}"
    segno.make(link, error="m").save(picture, kind="svg", scale=5, border=4, light="#fff")
    return raw(picture.getvalue(), content_type="image/svg+xml")


async def _case(request: Request, token: str) -> RecordView:
    record = await open_record(request, token)
    if record.kind == MEETING:
        raise NotHere
    return record
