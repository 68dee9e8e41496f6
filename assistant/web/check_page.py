"""Check before you send: the draft of the chat as points, then Send, then the receipt.

Framed and full, with the chat's own identity: a cookie, or a field of the form where the browser
refuses it. Every button keeps what is typed; nothing but Send on the last page sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from assistant.casework.parts import parts_of
from assistant.services.change_points import change_points
from assistant.services.errors import ConversationGone
from assistant.services.receipts import receipt_for
from assistant.services.send_points import begin_talk, send_points
from assistant.services.view_points import view_points
from assistant.web.calling import ask
from assistant.web.chat_identity import find_identity
from assistant.web.chat_page import refuse_other_sites
from assistant.web.check_forms import number, problems, read_edited, read_move, written
from assistant.web.check_safety import danger_in_points
from assistant.web.check_words import DOORS, PROMISES, door_named
from assistant.web.filings import ASKED, filing, the_sum
from assistant.web.form_token import refuse_large_forms
from assistant.web.forms import field
from assistant.web.meet_matter import groups_of
from assistant.web.pages import render
from assistant.web.preview import names_somebody, preview
from assistant.web.reader import reader_of

if TYPE_CHECKING:
    from assistant.services.view_points import DraftPage
    from assistant.web.chat_identity import Identity

blueprint = Blueprint("check")

FULL, FRAMED = "/check", "/chat/check"
SEND, SENT = "/send", "/sent"


@blueprint.on_request
def guard(request: Request) -> None:
    """Refuse what another site's page sent, and let approved sites frame the framed pages."""
    refuse_large_forms(request)
    if request.method == "POST":
        refuse_other_sites(request)
    if is_framed(request):
        settings = request.app.ctx.desk.settings
        request.ctx.frame_ancestors = (settings.public_url, *settings.embed_origins)


@blueprint.get(FULL, name="full")
@blueprint.get(FRAMED, name="framed")
async def show(request: Request) -> HTTPResponse:
    """Show the points."""
    identity, page = await _open(request)
    if identity is None or page is None:
        return _gone(request)
    return _show_points(request, identity, page, cut=request.args.get("cut") or "")


@blueprint.post(FULL, name="keep_full")
@blueprint.post(FRAMED, name="keep_framed")
async def keep(request: Request) -> HTTPResponse:
    """Keep what was typed and do what the button says; then show the points, or the last page."""
    identity, page = await _open(request)
    asked = field(request, "do")
    if identity is None or page is None:
        return _gone(request)
    if asked == "show":
        return _on(request, identity) or _show_points(request, identity, page)
    edited = read_edited(request)
    try:
        unkept = await ask(
            request, change_points, identity.conversation_id, edited, read_move(asked)
        )
    except ConversationGone:
        return _gone(request)
    page = await ask(request, view_points, identity.conversation_id)
    if unkept or page.draft.version == edited.version:
        return _show_points(request, identity, page, status=409, unkept=unkept, stale=True)
    return await _after_keeping(request, identity, page, asked)


@blueprint.get(FULL + SEND, name="last_full")
@blueprint.get(FRAMED + SEND, name="last_framed")
async def last(request: Request) -> HTTPResponse:
    """Show exactly what goes to whom."""
    identity, page = await _open(request)
    if identity is None or page is None:
        return _gone(request)
    if problems(page):
        return redirect(_address(request), status=303)
    return _show_last(request, identity, page)


@blueprint.post(FULL + SEND, name="send_full")
@blueprint.post(FRAMED + SEND, name="send_framed")
async def send(request: Request) -> HTTPResponse:
    """Send what that page showed, once."""
    identity, page = await _open(request)
    if identity is None or page is None:
        return _gone(request)
    warning = await danger_in_points(request, identity, page)
    if warning:
        page = await ask(request, view_points, identity.conversation_id)
        return _show_points(request, identity, page, warning=warning)
    if problems(page) and not page.sent:
        return _show_points(request, identity, page, status=422, problems=problems(page))
    return await _send(request, identity, page)


async def _send(request: Request, identity: Identity, page: DraftPage) -> HTTPResponse:
    """Send the points; after a flood of filings only once the browser has done its sum."""
    seen, version = number(request, "seen"), number(request, "version")
    key = f"{identity.conversation_id} {version}"
    words = "\n".join(view.point.words for view in page.going)
    async with filing(request, "check", key, words=words) as this:
        if not this.allowed and page.going:
            return _show_last(request, identity, page, asked=the_sum(request, this.form))
        what = {"version": version, "seen": seen}
        sending = await ask(request, send_points, identity.conversation_id, **what)
        if sending and len(sending.page.sent) > len(page.sent):
            this.made(this.form)
    if sending is None:
        return _show_points(request, identity, page, status=409, stale=True)
    if sending.broken:
        return _show_sent(request, identity, sending.page, status=503, broken=True)
    return _on(request, identity, SENT) or _show_sent(request, identity, sending.page)


@blueprint.get(FULL + SENT, name="sent_full")
@blueprint.get(FRAMED + SENT, name="sent_framed")
async def sent(request: Request) -> HTTPResponse:
    """Show the receipt of everything that was sent from this draft."""
    identity, page = await _open(request)
    if identity is None or page is None:
        return _gone(request)
    return _show_sent(request, identity, page)


@blueprint.post(FULL + "/talk", name="talk_full")
@blueprint.post(FRAMED + "/talk", name="talk_framed")
async def talk(request: Request) -> HTTPResponse:
    """Begin to book a private talk, with the words of a point filled in."""
    identity, page = await _open(request)
    if identity is None or page is None:
        return _gone(request)
    token = await ask(request, begin_talk, identity.conversation_id, field(request, "point"))
    address = f"/meet/{token}/about" if token else _address(request)
    return redirect(address, status=303)


def is_framed(request: Request) -> bool:
    """Tell whether this is a page inside a school's frame."""
    return request.path.startswith(FRAMED)


async def _open(request: Request) -> tuple[Identity | None, DraftPage | None]:
    identity = await find_identity(request)
    if identity is None:
        return None, None
    try:
        return identity, await ask(request, view_points, identity.conversation_id)
    except ConversationGone:
        return None, None


async def _after_keeping(
    request: Request, identity: Identity, page: DraftPage, asked: str
) -> HTTPResponse:
    warning = await danger_in_points(request, identity, page)
    if warning:
        page = await ask(request, view_points, identity.conversation_id)
        return _show_points(request, identity, page, warning=warning)
    act, _, rest = asked.partition(":")
    point = rest.partition(":")[0]
    if act == "next":
        found = problems(page)
        if found:
            return _show_points(request, identity, page, status=422, problems=found)
        return _on(request, identity, SEND) or _show_last(request, identity, page)
    cut = point if act == "cut" else ""
    return _on(request, identity, cut=cut, anchor=point) or _show_points(
        request, identity, page, cut=cut
    )


def _address(request: Request, step: str = "", **query: str) -> str:
    base = FRAMED if is_framed(request) else FULL
    return reader_of(request).address(base + step, **query)


def _on(
    request: Request, identity: Identity, step: str = "", *, cut: str = "", anchor: str = ""
) -> HTTPResponse | None:
    """Redirect where the cookie came back, so that a reload sends nothing again; else None."""
    if not identity.kept:
        return None
    query = {"cut": cut} if cut else {}
    mark = f"#point-{quote(anchor)}" if anchor else ""
    return redirect(_address(request, step, **query) + mark, status=303)


def _show_points(
    request: Request,
    identity: Identity,
    page: DraftPage,
    *,
    status: int = 200,
    cut: str = "",
    **told: Any,  # noqa: ANN401 - whatever the page shows
) -> HTTPResponse:
    school = request.app.ctx.desk.school
    cut_parts = {
        view.point.id: [
            (start, view.point.words[start:end]) for start, end in parts_of(view.point.words)
        ]
        for view in page.points
        if view.point.id == cut and view.goes
    }
    named = {view.point.id for view in page.going if names_somebody(school, view.point.words)}
    previews = {view.point.id: preview(school, view.point.words) for view in page.points}
    return _render(
        request,
        identity,
        page,
        "points",
        status=status,
        cuts=cut_parts,
        named=named,
        previews=previews,
        typed=written(page),
        groups=groups_of(request.app.ctx.desk),
        **told,
    )


def _show_last(
    request: Request, identity: Identity, page: DraftPage, *, asked: dict[str, Any] | None = None
) -> HTTPResponse:
    status = ASKED if asked else 200
    return _render(request, identity, page, "send", status=status, asked=asked)


def _show_sent(
    request: Request,
    identity: Identity,
    page: DraftPage,
    *,
    status: int = 200,
    broken: bool = False,
) -> HTTPResponse:
    desk = request.app.ctx.desk
    receipts = {view.point.id: receipt_for(desk, view.sent.id) for view in page.points if view.sent}
    return _render(request, identity, page, "sent", status=status, broken=broken, receipts=receipts)


def _gone(request: Request) -> HTTPResponse:
    """Say that nothing is kept here, and give back whatever was typed on an old page."""
    typed = [words for words in read_edited(request).words.values() if words]
    return render(
        request,
        "check/gone.html",
        reader=reader_of(request),
        typed=typed,
        hidden="",
        **_frame(request),
    )


def _render(
    request: Request,
    identity: Identity,
    page: DraftPage,
    name: str,
    *,
    status: int = 200,
    **context: Any,  # noqa: ANN401 - whatever the page shows
) -> HTTPResponse:
    frame = {"problems": {}, "warning": (), "unkept": (), "stale": False, **_frame(request)}
    return render(
        request,
        f"check/{name}.html",
        status=status,
        reader=reader_of(request),
        page=page,
        hidden=identity.hidden_field,
        **{**frame, **context},
    )


def _frame(request: Request) -> dict[str, Any]:
    """Return what every page of these shares."""
    framed = is_framed(request)
    return {
        "framed": framed,
        "chat": reader_of(request).address("/chat" if framed else "/"),
        "here": _address(request),
        "send_address": _address(request, SEND),
        "talk_address": _address(request, "/talk"),
        "doors": DOORS,
        "door_named": door_named,
        "promises": PROMISES,
        "english": reader_of(request).language.is_english,
    }
