"""Pages that say something about the service itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, HTTPResponse, Request

from assistant.casework.policy import PAGE, version_named
from assistant.casework.retention import in_words
from assistant.services.errors import NotHere
from assistant.web.pages import render

if TYPE_CHECKING:
    from assistant.casework.school import School

blueprint = Blueprint("notices")


@blueprint.get("/accessibility", name="accessibility")
async def accessibility(request: Request) -> HTTPResponse:
    """Show the accessibility statement (Public Sector Bodies Accessibility Regulations 2018)."""
    return render(request, "notices/accessibility.html")


@blueprint.get(PAGE, name="social_media_policy")
async def social_media_policy(request: Request) -> HTTPResponse:
    """Show the social media policy: the current version, or the earlier one that is named."""
    school: School = request.app.ctx.desk.school
    named = request.args.get("version")
    policy = version_named(school.policy_versions, named) if named else school.social_media_policy
    if policy is None:
        raise NotHere
    return render(request, "notices/social_media.html", policy=policy)


@blueprint.get("/privacy", name="privacy")
async def privacy(request: Request) -> HTTPResponse:
    """Show what is kept, why and how long, the short answer first."""
    kept = in_words(request.app.ctx.desk.school.retention)
    return render(request, "notices/privacy.html", kept=kept)
