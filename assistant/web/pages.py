"""How every page is made: one Jinja environment, the shared look, the shared headers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from sanic.response import html

from assistant.web import assets, form_token, headers, words
from assistant.web.facts import name_warning

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request, Sanic

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Return the Jinja environment: escapes everything, knows the GOV.UK macros and our words."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    loader = ChoiceLoader([FileSystemLoader(TEMPLATES), govuk])
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(words.FILTERS)
    return made


def install_pages(app: Sanic[Any, Any]) -> None:
    """Give `app` the templates, the assets and the headers; `app.ctx.desk` must be set.

    Raises `AssetsMissingError` when the front-end packages are not installed.
    """
    desk = app.ctx.desk
    app.ctx.assets = assets.Assets(desk.settings.front, desk.school)
    app.ctx.templates = environment()
    warning = partial(name_warning, desk.school)
    app.ctx.templates.globals.update(
        school=desk.school,
        asset=app.ctx.assets.address,
        name_warning=warning,
        school_wait=desk.school.duty.wait_minutes,
    )
    app.blueprint(assets.blueprint)
    app.on_response(form_token.keep_visitor)  # type: ignore[no-untyped-call]
    app.on_response(headers.security_headers)  # type: ignore[no-untyped-call]


def render(request: Request, name: str, *, status: int = 200, **context: Any) -> HTTPResponse:  # noqa: ANN401 - whatever the template shows
    """Return the page `name` (a path below `templates/`) filled with `context`.

    Every page also has `school`, `asset(name)`, `request` and `form_token()` (the hidden input).
    """
    template = request.app.ctx.templates.get_template(name)
    field = partial(form_token.hidden_field, request)
    return html(template.render(request=request, form_token=field, **context), status=status)
