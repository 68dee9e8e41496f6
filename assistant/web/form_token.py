"""Forms that only our own pages can send: the signed double-submit cookie (OWASP CSRF Prevention).

The cookie holds a random visitor; the form holds HMAC-SHA256(key, visitor + desk session). The
session is part of it, so a token from before signing in is worthless after.

A page behind a secret link needs no cookie: its form holds HMAC-SHA256(key, link), and nobody can
send it who was not shown the page.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from markupsafe import Markup
from sanic.exceptions import Forbidden, PayloadTooLarge

from assistant.security.tokens import token_digest

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

FIELD = "form_token"
VISITOR_COOKIE = "visitor"
SESSION_COOKIE = "desk"


class StaleForm(Forbidden):
    """The form was not sent from a page of ours that is still good; nothing was changed."""


def cookie_name(request: Request, name: str) -> str:
    """Return the cookie's full name: `__Host-` binds it to this host where https allows that."""
    return f"__Host-{name}" if request.app.ctx.desk.settings.secure_cookies else name


def hidden_field(request: Request) -> Markup:
    """Return the hidden input that every form of ours carries."""
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format(FIELD, _token(request, _visitor(request)))


def require_form_token(request: Request) -> None:
    """Raise `StaleForm` unless the form was sent from a page of ours, to this visitor."""
    visitor = request.cookies.get(cookie_name(request, VISITOR_COOKIE)) or ""
    sent = str(request.form.get(FIELD) or "") if request.form else ""
    if not visitor or not hmac.compare_digest(sent.encode(), _token(request, visitor).encode()):
        message = "The page was open too long or was sent from another site"
        raise StaleForm(message)


def link_field(request: Request, link: str) -> Markup:
    """Return the hidden input of a page that only the bearer of ``link`` sees; needs no cookie."""
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format(FIELD, _link_token(request, link))


def require_link_token(request: Request, link: str) -> None:
    """Raise `StaleForm` unless the form was sent from a page that was made for ``link``."""
    sent = str(request.form.get(FIELD) or "") if request.form else ""
    if not hmac.compare_digest(sent.encode(), _link_token(request, link).encode()):
        message = "The form was not sent from a page of this link"
        raise StaleForm(message)


def visitor_token(key: bytes, visitor: str, session: str) -> str:
    """Return what the forms of one browser carry; ``session`` is its desk cookie, or empty."""
    return token_digest(key, "form", f"{visitor}|{session}")


def link_token(key: bytes, link: str) -> str:
    """Return what the forms of the page behind ``link`` carry."""
    return token_digest(key, "link form", link)


def refuse_large_forms(request: Request) -> None:
    """Raise `PayloadTooLarge`; Sanic asks middleware also about a body it has just refused."""
    if int(request.headers.get("content-length") or 0) > request.app.config.REQUEST_MAX_SIZE:
        message = "The form is too large"
        raise PayloadTooLarge(message)


def guard_links(request: Request) -> None:
    """Refuse every form that did not come from the page of the link in its address."""
    refuse_large_forms(request)
    if request.method == "POST":
        require_link_token(request, request.match_info["token"])


def guard_forms(request: Request) -> None:
    """Refuse every form that did not come from a page of ours; a blueprint's middleware."""
    refuse_large_forms(request)
    if request.method == "POST":
        require_form_token(request)


def keep_visitor(request: Request, response: HTTPResponse) -> None:
    """Set the visitor's cookie when a page with a form was made for a visitor without one."""
    visitor: str | None = getattr(request.ctx, "new_visitor", None)
    if visitor:
        set_cookie(request, response, VISITOR_COOKIE, visitor)


def set_cookie(
    request: Request, response: HTTPResponse, name: str, value: str, max_age: int | None = None
) -> None:
    """Set a cookie that scripts cannot read and that other sites' forms do not send.

    It lives for `max_age` seconds, 0 removing it, or until the browser closes.
    """
    response.add_cookie(
        cookie_name(request, name),
        value,
        path="/",
        max_age=max_age,
        httponly=True,
        samesite="Lax",
        secure=request.app.ctx.desk.settings.secure_cookies,
    )


def _visitor(request: Request) -> str:
    known: str | None = request.cookies.get(cookie_name(request, VISITOR_COOKIE))
    if known:
        return known
    if not hasattr(request.ctx, "new_visitor"):
        request.ctx.new_visitor = secrets.token_urlsafe(16)
    visitor: str = request.ctx.new_visitor
    return visitor


def _link_token(request: Request, link: str) -> str:
    return link_token(request.app.ctx.desk.keys.lookup, link)


def _token(request: Request, visitor: str) -> str:
    session = request.cookies.get(cookie_name(request, SESSION_COOKIE)) or ""
    return visitor_token(request.app.ctx.desk.keys.lookup, visitor, session)
