"""For whoever keeps the school's website: the line, and a check that runs on their own page.

The server fetches nobody's page. The webmaster opens a page of theirs with `#schoolgate-check` at
the end of its address; the loader then loads the check, which looks at that page from inside.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json as as_json
from sanic.response import raw

from assistant.web.assets import STATIC
from assistant.web.embed import FOR_ANY_SITE, JAVASCRIPT, one_line
from assistant.web.form_token import cookie_name
from assistant.web.headers import let_sites_frame
from assistant.web.loader import without_comments, words_in
from assistant.web.pages import render

if TYPE_CHECKING:
    from sanic.cookies import Cookie

blueprint = Blueprint("embed_check", url_prefix="/embed")

COOKIE = "probe"
MARK = "#schoolgate-check"
ONE_MINUTE = 60
PLACE = "__APPROVED__"


@blueprint.get("/check", name="page")
async def page(request: Request) -> HTTPResponse:
    """Show the line, what the site's own policy must allow, and what a failed check means."""
    desk = request.app.ctx.desk
    embed, languages = desk.school.embed, request.app.ctx.languages.values()
    colour, text = embed.paint(desk.school.colour)
    return render(
        request,
        "chat/embed_check.html",
        line=one_line(request),
        home=desk.settings.public_url,
        origins=desk.settings.embed_origins,
        mark=MARK,
        colours=(colour, text),
        embed=embed,
        languages=[(each, words_in(embed, each)) for each in languages if not each.is_english],
    )


@blueprint.get("/check.js", name="script")
async def script(request: Request) -> HTTPResponse:
    """Send the check; only a page that is opened with the mark asks for it."""
    source = without_comments((STATIC / "embed_check.js").read_text(encoding="utf-8"))
    settings = request.app.ctx.desk.settings
    approved = json.dumps([settings.public_url, *settings.embed_origins])
    headers = {**FOR_ANY_SITE, "Cache-Control": "no-cache"}
    body = source.replace(PLACE, approved, 1).encode()
    return raw(body, headers=headers, content_type=JAVASCRIPT)


@blueprint.get("/probe", name="probe")
async def probe(request: Request) -> HTTPResponse:
    """Show an empty page in a frame and try to leave a cookie there as the chat would."""
    let_sites_frame(request)
    response = render(request, "chat/embed_probe.html")
    _set(request, response, ONE_MINUTE)
    return response


@blueprint.get("/probe/kept", name="kept")
async def kept(request: Request) -> HTTPResponse:
    """Tell the empty page whether its cookie came back, and take it away again."""
    found = request.cookies.get(cookie_name(request, COOKIE)) is not None
    response = as_json({"kept": found})
    _set(request, response, 0)
    return response


def _set(request: Request, response: HTTPResponse, seconds: int) -> Cookie:
    secure = request.app.ctx.desk.settings.secure_cookies
    return response.add_cookie(
        COOKIE,
        "yes",
        path="/",
        httponly=True,
        max_age=seconds,
        secure=secure,
        host_prefix=secure,
        samesite="None" if secure else "Lax",
        partitioned=secure,
    )
