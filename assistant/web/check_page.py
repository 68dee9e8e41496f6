"""Check before you send: the draft of the chat as points, then Send, then the receipt.

Framed and full, with the chat's own identity: a cookie, or a field of the form where the browser
refuses it. Every button keeps what is typed; nothing but Send on the last page sends.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import quote

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.services.change_points import change_points
from assistant.services.errors import ConversationGone
from assistant.services.send_points import begin_talk, send_points
from assistant.services.view_points import view_points
from assistant.web.calling import ask
from assistant.web.chat_identity import find_identity
from assistant.web.chat_page import refuse_other_sites
from assistant.web.check_forms import number, problems, read_edited, read_move
from assistant.web.check_safety import danger_in_points
from assistant.web.check_view import (
    FRAMED,
    FULL,
    SEND,
    SENT,
    address,
    gone,
    is_framed,
    show_last,
    show_points,
    show_sent,
)
from assistant.web.filings import filing, the_sum
from assistant.web.form_token import refuse_large_forms
from assistant.web.forms import field
from assistant.web.headers import let_sites_frame

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from assistant.services.view_points import DraftPage
    from assistant.web.chat_identity import Identity

    Handler = Callable[[Request, Identity, DraftPage], Awaitable[HTTPResponse]]

blueprint = Blueprint("check")


@blueprint.on_request
def guard(request: Request) -> None:
    """Refuse what another site's page sent, and let approved sites frame the framed pages."""
    refuse_large_forms(request)
    if request.method == "POST":
        refuse_other_sites(request)
    if is_framed(request):
        let_sites_frame(request)


def of_a_draft(handler: Handler) -> Callable[[Request], Awaitable[HTTPResponse]]:
    """Give the handler the caller's chat and its draft; where there is none, say so."""

    @wraps(handler)
    async def opened(request: Request) -> HTTPResponse:
        identity = await find_identity(request)
        if identity is None:
            return gone(request)
        try:
            page = await ask(request, view_points, identity.conversation_id)
        except ConversationGone:
            return gone(request)
        return await handler(request, identity, page)

    return opened


@blueprint.get(FULL, name="full")
@blueprint.get(FRAMED, name="framed")
@of_a_draft
async def show(request: Request, identity: Identity, page: DraftPage) -> HTTPResponse:
    """Show the points."""
    return show_points(request, identity, page, cut=request.args.get("cut") or "")


@blueprint.post(FULL, name="keep_full")
@blueprint.post(FRAMED, name="keep_framed")
@of_a_draft
async def keep(request: Request, identity: Identity, page: DraftPage) -> HTTPResponse:
    """Keep what was typed and do what the button says; then show the points, or the last page."""
    asked = field(request, "do")
    if asked == "show":
        return _on(request, identity) or show_points(request, identity, page)
    edited = read_edited(request)
    try:
        unkept = await ask(
            request, change_points, identity.conversation_id, edited, read_move(asked)
        )
    except ConversationGone:
        return gone(request)
    page = await ask(request, view_points, identity.conversation_id)
    if unkept or page.draft.version == edited.version:
        return show_points(request, identity, page, status=409, unkept=unkept, stale=True)
    return await _after_keeping(request, identity, page, asked)


@blueprint.get(FULL + SEND, name="last_full")
@blueprint.get(FRAMED + SEND, name="last_framed")
@of_a_draft
async def last(request: Request, identity: Identity, page: DraftPage) -> HTTPResponse:
    """Show exactly what goes to whom."""
    if problems(page):
        return redirect(address(request), status=303)
    return show_last(request, identity, page)


@blueprint.post(FULL + SEND, name="send_full")
@blueprint.post(FRAMED + SEND, name="send_framed")
@of_a_draft
async def send(request: Request, identity: Identity, page: DraftPage) -> HTTPResponse:
    """Send what that page showed, once."""
    warning = await danger_in_points(request, identity, page)
    if warning:
        page = await ask(request, view_points, identity.conversation_id)
        return show_points(request, identity, page, warning=warning)
    if problems(page) and not page.sent:
        return show_points(request, identity, page, status=422, problems=problems(page))
    return await _send(request, identity, page)


async def _send(request: Request, identity: Identity, page: DraftPage) -> HTTPResponse:
    """Send the points; after a flood of filings only once the browser has done its sum."""
    seen, version = number(request, "seen"), number(request, "version")
    key = f"{identity.conversation_id} {version}"
    words = "\n".join(view.point.words for view in page.going)
    async with filing(request, "check", key, words=words) as this:
        if not this.allowed and page.going:
            return show_last(request, identity, page, asked=the_sum(request, this.form))
        what = {"version": version, "seen": seen}
        sending = await ask(request, send_points, identity.conversation_id, **what)
        if sending and len(sending.page.sent) > len(page.sent):
            this.made(this.form)
    if sending is None:
        return show_points(request, identity, page, status=409, stale=True)
    if sending.broken:
        return show_sent(request, identity, sending.page, status=503, broken=True)
    return _on(request, identity, SENT) or show_sent(request, identity, sending.page)


@blueprint.get(FULL + SENT, name="sent_full")
@blueprint.get(FRAMED + SENT, name="sent_framed")
@of_a_draft
async def sent(request: Request, identity: Identity, page: DraftPage) -> HTTPResponse:
    """Show the receipt of everything that was sent from this draft."""
    return show_sent(request, identity, page)


@blueprint.post(FULL + "/talk", name="talk_full")
@blueprint.post(FRAMED + "/talk", name="talk_framed")
@of_a_draft
async def talk(request: Request, identity: Identity, _page: DraftPage) -> HTTPResponse:
    """Begin to book a private talk, with the words of a point filled in."""
    token = await ask(request, begin_talk, identity.conversation_id, field(request, "point"))
    onward = f"/meet/{token}/about" if token else address(request)
    return redirect(onward, status=303)


async def _after_keeping(
    request: Request, identity: Identity, page: DraftPage, asked: str
) -> HTTPResponse:
    warning = await danger_in_points(request, identity, page)
    if warning:
        page = await ask(request, view_points, identity.conversation_id)
        return show_points(request, identity, page, warning=warning)
    act, _, rest = asked.partition(":")
    point = rest.partition(":")[0]
    if act == "next":
        found = problems(page)
        if found:
            return show_points(request, identity, page, status=422, problems=found)
        return _on(request, identity, SEND) or show_last(request, identity, page)
    cut = point if act == "cut" else ""
    return _on(request, identity, cut=cut, anchor=point) or show_points(
        request, identity, page, cut=cut
    )


def _on(
    request: Request, identity: Identity, step: str = "", *, cut: str = "", anchor: str = ""
) -> HTTPResponse | None:
    """Redirect where the cookie came back, so that a reload sends nothing again; else None."""
    if not identity.kept:
        return None
    query = {"cut": cut} if cut else {}
    mark = f"#point-{quote(anchor)}" if anchor else ""
    return redirect(address(request, step, **query) + mark, status=303)
