"""The headers of every answer: nothing from elsewhere runs, nothing is kept, nobody frames it.

Content Security Policy Level 3 (W3C); the rest as the OWASP Secure Headers Project lists them.
A handler lets the approved sites frame its page with `let_sites_frame`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors {ancestors}"
)
ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow",
}


def let_sites_frame(request: Request) -> None:
    """Let this address and the approved sites show the page of this request in a frame."""
    settings = request.app.ctx.desk.settings
    request.ctx.frame_ancestors = (settings.public_url, *settings.embed_origins)


def security_headers(request: Request, response: HTTPResponse) -> None:
    """Add the headers; a cache rule or a resource policy that the handler set stays."""
    sites: tuple[str, ...] = getattr(request.ctx, "frame_ancestors", ())
    ancestors = " ".join(("'self'", *sites)) if sites else "'none'"
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors=ancestors)
    response.headers.update(ALWAYS)
    resource_policy = "cross-origin" if sites else "same-origin"
    response.headers.setdefault("Cross-Origin-Resource-Policy", resource_policy)
    response.headers.setdefault("Cache-Control", "no-store")
