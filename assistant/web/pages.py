"""How every page is made: one Jinja environment, the shared look, the shared headers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from sanic.response import html

from assistant.casework.school import load_logo
from assistant.web import assets, form_token, headers, languages, reader, words
from assistant.web.facts import name_warning
from assistant.web.reader import Reader, reader_of

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request, Sanic

NOBODY = {"me": None, "warning": None}
"""What a page is shown with that does not say who is signed in, or that somebody is in danger."""
NEUTRAL_PAGE = "https://www.bbc.co.uk/weather"
"""Where "Exit this page" goes, as GOV.UK's component does."""
TEMPLATES = Path(__file__).parent / "templates"
LANGUAGES = Path(__file__).parent / "translations"


def environment() -> Environment:
    """Return the Jinja environment: escapes everything, knows the GOV.UK macros and our words."""
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    loader = ChoiceLoader([FileSystemLoader(TEMPLATES), govuk])
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(words.FILTERS)
    languages.install(made)
    reader.install(made)
    return made


def install_pages(app: Sanic[Any, Any]) -> None:
    """Give `app` the templates, the assets and the headers; `app.ctx.desk` must be set.

    Raises `AssetsMissingError` when the front-end packages are not installed, `CatalogueError`
    for a translation file that cannot be used.
    """
    desk = app.ctx.desk
    logo = load_logo(desk.settings.school, desk.school)
    app.ctx.assets = assets.Assets(desk.settings.front, desk.school, logo)
    app.ctx.languages = languages.load_languages((LANGUAGES, desk.settings.languages))
    app.ctx.templates = environment()
    warning = partial(name_warning, desk.school)
    app.ctx.templates.globals.update(
        school=desk.school,
        asset=app.ctx.assets.address,
        logo=logo.name if logo else "",
        name_warning=warning,
        away=NEUTRAL_PAGE,
        parent_origins=(desk.settings.public_url, *desk.settings.embed_origins),
        school_wait=desk.school.duty.wait_minutes,
        **NOBODY,
    )
    app.blueprint(assets.blueprint)
    app.on_response(form_token.keep_visitor)  # type: ignore[no-untyped-call]
    app.on_response(headers.security_headers)  # type: ignore[no-untyped-call]


def render(request: Request, name: str, *, status: int = 200, **context: Any) -> HTTPResponse:  # noqa: ANN401 - whatever the template shows
    """Return the page `name` (a path below `templates/`) filled with `context`.

    Every page also has `school`, `asset(name)`, `request`, `reader` (English unless given) with
    its `language`, and `form_token()` (the hidden input).
    """
    template = request.app.ctx.templates.get_template(name)
    always = _always(request, context.pop("reader", None))
    return html(template.render(**always, **context), status=status)


def macros(request: Request, name: str, reader: Reader | None = None) -> Any:  # noqa: ANN401 - whatever the template defines
    """Return the macros of a template, which know what every page of `render` knows."""
    template = request.app.ctx.templates.get_template(name)
    return template.make_module(_always(request, reader))


def _always(request: Request, reader: Reader | None) -> dict[str, Any]:
    read_by = reader or reader_of(request, english=True)
    return {
        "request": request,
        "form_token": partial(form_token.hidden_field, request),
        "reader": read_by,
        "language": read_by.language,
    }
