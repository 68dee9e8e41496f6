"""What a person sees when something goes wrong: what happened, what to do, what is safe."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from sanic.exceptions import MethodNotAllowed, NotFound, SanicException, ServiceUnavailable
from sqlalchemy.exc import OperationalError

from assistant.services.errors import NotHere
from assistant.web.form_token import StaleForm
from assistant.web.pages import render
from assistant.web.words_in_trouble import warning_in_trouble

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request, Sanic

log = structlog.get_logger()


def install_error_pages(app: Sanic[Any, Any]) -> None:
    """Give `app` its error pages; an exception handler of a blueprint comes before these."""
    app.error_handler.add(NotFound, not_here)
    app.error_handler.add(NotHere, not_here)
    app.error_handler.add(MethodNotAllowed, not_here)
    app.error_handler.add(StaleForm, stale_form)
    app.error_handler.add(ServiceUnavailable, unavailable)
    app.error_handler.add(OperationalError, unavailable)
    app.error_handler.add(SanicException, refused)
    app.error_handler.add(Exception, broken)


def not_here(request: Request, _error: Exception | None = None) -> HTTPResponse:
    """Say that there is no such page: the same words for a record that one may not see."""
    return render(request, "errors/not_here.html", status=404)


def stale_form(request: Request, _error: Exception) -> HTTPResponse:
    """Say that a form was open too long."""
    return render(request, "errors/stale_form.html", status=403)


async def unavailable(request: Request, error: Exception) -> HTTPResponse:
    """Say that the service is down for the moment: it is too busy, or a database is away."""
    log.warning("page_unavailable", route=_route(request), error=type(error).__name__)
    warning = await warning_in_trouble(request)
    return render(request, "errors/unavailable.html", status=503, warning=warning)


async def refused(request: Request, error: Exception) -> HTTPResponse:
    """Say that what was sent cannot be used (too large, not a form, and the like)."""
    status = getattr(error, "status_code", 400)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return await broken(request, error)
    return render(request, "errors/refused.html", status=status)


async def broken(request: Request, error: Exception) -> HTTPResponse:
    """Say that we failed. Only the error's type is logged: its text may hold a parent's words."""
    log.error("page_failed", route=_route(request), error=type(error).__name__, at=place_of(error))
    warning = await warning_in_trouble(request)
    return render(request, "errors/broken.html", status=500, warning=warning)


def _route(request: Request) -> str:
    return request.route.name.partition(".")[2] if request.route else ""


def place_of(error: Exception) -> str:
    """Return the file and line where the error arose."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
