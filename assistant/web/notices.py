"""Pages that say something about the service itself."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.retention import in_words
from assistant.web.pages import render

blueprint = Blueprint("notices")


@blueprint.get("/accessibility", name="accessibility")
async def accessibility(request: Request) -> HTTPResponse:
    """Show the accessibility statement (Public Sector Bodies Accessibility Regulations 2018)."""
    return render(request, "notices/accessibility.html")


@blueprint.get("/policies/social-media", name="social_media_policy")
async def social_media_policy(request: Request) -> HTTPResponse:
    """Show the gist of the school's social media policy, as the chat quotes it."""
    return render(request, "notices/social_media.html")


@blueprint.get("/privacy", name="privacy")
async def privacy(request: Request) -> HTTPResponse:
    """Show what is kept, why and how long, the short answer first."""
    kept = in_words(request.app.ctx.desk.school.retention)
    return render(request, "notices/privacy.html", kept=kept)
