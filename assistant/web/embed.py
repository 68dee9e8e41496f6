"""The loader that a school puts on its site with one line, and a sample page that does so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from assistant.web.pages import render

if TYPE_CHECKING:
    from assistant.web.assets import Asset

blueprint = Blueprint("embed")

FIVE_MINUTES = 300


@blueprint.get("/embed.js", name="loader")
async def loader(request: Request) -> HTTPResponse:
    """Send the loader to any site; the frame it opens is refused to sites that are not approved."""
    asset: Asset = request.app.ctx.assets.find("embed.js")
    headers = {
        "Cache-Control": f"public, max-age={FIVE_MINUTES}",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return raw(asset.zipped, headers=headers, content_type=asset.content_type)
    return raw(asset.body, headers=headers, content_type=asset.content_type)


@blueprint.get("/sample-school", name="sample")
async def sample(request: Request) -> HTTPResponse:
    """Show a school page with the one line on it."""
    return render(request, "chat/sample_school.html", line=one_line(request))


def one_line(request: Request) -> str:
    """Return the line that a school pastes into its site."""
    return f'<script src="{request.app.ctx.desk.settings.public_url}/embed.js" async></script>'
