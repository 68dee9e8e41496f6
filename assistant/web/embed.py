"""The loader that a school puts on its site with one line, and a sample page that does so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, raw

from assistant.web.assets import STATIC
from assistant.web.loader import Loader
from assistant.web.pages import render
from assistant.web.reader import reader_of

if TYPE_CHECKING:
    from sanic import Sanic

    from assistant.services.desk import Desk

blueprint = Blueprint("embed")

JAVASCRIPT = "text/javascript; charset=utf-8"
FOR_ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}


def install_loader(app: Sanic[Any, Any], desk: Desk) -> None:
    """Give `app` the loader; `app.ctx.languages` must be set.

    Raises `SchoolFileError` when the school's rules are too many, or in an unknown language.
    """
    source = (STATIC / "embed.js").read_text(encoding="utf-8")
    app.ctx.loader = Loader(source, desk.school, desk.calendar, tuple(app.ctx.languages.values()))


@blueprint.get("/embed.js", name="loader")
async def loader(request: Request) -> HTTPResponse:
    """Send the loader to any site; the frame it opens is refused to sites that are not approved.

    No cookie is read here and none is set.
    """
    now, language = request.app.ctx.desk.clock.now(), reader_of(request).language
    script, seconds = request.app.ctx.loader.at(now, language)
    headers = {**FOR_ANY_SITE, "Cache-Control": f"public, max-age={seconds}", "ETag": script.tag}
    if script.tag in request.headers.get("if-none-match", ""):
        return empty(status=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return raw(script.zipped, headers=headers, content_type=JAVASCRIPT)
    return raw(script.body, headers=headers, content_type=JAVASCRIPT)


@blueprint.get("/sample-school", name="sample")
async def sample(request: Request) -> HTTPResponse:
    """Show a school page with the one line on it."""
    return render(request, "chat/sample_school.html", line=one_line(request))


def one_line(request: Request) -> str:
    """Return the line that a school pastes into its site.

    `crossorigin` keeps the browser from sending a cookie with it, also after a chat was begun.
    """
    address = f"{request.app.ctx.desk.settings.public_url}/embed.js"
    return f'<script src="{address}" async crossorigin></script>'
