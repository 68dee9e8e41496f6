"""The page before sending as the parent sees it: the points, what goes to whom, the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.casework.parts import parts_of
from assistant.services.receipts import receipt_for
from assistant.web.check_forms import read_edited, written
from assistant.web.check_words import DOORS, PROMISES, door_named
from assistant.web.filings import ASKED
from assistant.web.meet_matter import groups_of
from assistant.web.pages import render
from assistant.web.preview import names_somebody, preview
from assistant.web.reader import reader_of

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

    from assistant.services.view_points import DraftPage
    from assistant.web.chat_identity import Identity

FULL, FRAMED = "/check", "/chat/check"
SEND, SENT = "/send", "/sent"


def is_framed(request: Request) -> bool:
    """Tell whether this is a page inside a school's frame."""
    return request.path.startswith(FRAMED)


def address(request: Request, step: str = "", **query: str) -> str:
    """Return the address of a step, framed as this one is and read as it is."""
    base = FRAMED if is_framed(request) else FULL
    return reader_of(request).address(base + step, **query)


def show_points(
    request: Request,
    identity: Identity,
    page: DraftPage,
    *,
    status: int = 200,
    cut: str = "",
    **told: Any,  # noqa: ANN401 - whatever the page shows
) -> HTTPResponse:
    """Show the points; the one named ``cut`` with the places where it can be split."""
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


def show_last(
    request: Request, identity: Identity, page: DraftPage, *, asked: dict[str, Any] | None = None
) -> HTTPResponse:
    """Show exactly what goes to whom; ``asked`` is the browser's sum, where it is asked for."""
    status = ASKED if asked else 200
    return _render(request, identity, page, "send", status=status, asked=asked)


def show_sent(
    request: Request,
    identity: Identity,
    page: DraftPage,
    *,
    status: int = 200,
    broken: bool = False,
) -> HTTPResponse:
    """Show the receipt; ``broken`` when not everything could be sent."""
    desk = request.app.ctx.desk
    receipts = {view.point.id: receipt_for(desk, view.sent.id) for view in page.points if view.sent}
    return _render(request, identity, page, "sent", status=status, broken=broken, receipts=receipts)


def gone(request: Request) -> HTTPResponse:
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
        "here": address(request),
        "send_address": address(request, SEND),
        "talk_address": address(request, "/talk"),
        "doors": DOORS,
        "door_named": door_named,
        "promises": PROMISES,
        "english": reader_of(request).language.is_english,
    }
