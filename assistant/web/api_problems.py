"""Every refusal of the JSON API: a status, a code for programs and a sentence for people."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from sanic.constants import HTTP_METHODS
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.response import json as json_response
from sqlalchemy.exc import OperationalError

from assistant.services.errors import (
    ConversationBusy,
    ConversationGone,
    ServiceError,
    StaleChoice,
    TextTooLong,
)
from assistant.web.errors import place_of
from assistant.web.words_in_trouble import warning_in_trouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator, Mapping

    from sanic import HTTPResponse, Request

JSON_PATHS = ("/api/", "/healthz")
log = structlog.get_logger()

_WORDS = {
    400: ("bad_request", "The request cannot be read."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "That is too large. Send it in several parts."),
    503: ("unavailable", "The service is down for the moment. Try again in a minute."),
}
_SERVICE: Mapping[type[ServiceError], tuple[int, str, str]] = {
    ConversationGone: (404, "not_found", "There is no such conversation for this token."),
    StaleChoice: (409, "stale_choice", "That choice is not on offer now. Pick one of the latest."),
    TextTooLong: (413, "too_long", "The message is too long. Send it in several parts."),
}


class ApiProblem(Exception):  # noqa: N818 - it is an answer, not a fault of ours
    """A request that the API understood and refuses."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Take the HTTP status, the code, the sentence and any headers of the answer."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.headers = (
            {"WWW-Authenticate": "Bearer"}
            if status == HTTPStatus.UNAUTHORIZED
            else dict(headers or {})
        )


class ApiAwareErrors(ErrorHandler):
    """Answers in JSON at `JSON_PATHS`, where no handler of a blueprint did; else as pages do."""

    def response(
        self, request: Request, exception: Exception
    ) -> HTTPResponse | Awaitable[HTTPResponse]:
        """Return the answer to a request that failed, or what Sanic has to wait for."""
        if request is not None and request.path.startswith(JSON_PATHS):
            return _in_json(request, exception)
        page: HTTPResponse = super().response(request, exception)  # type: ignore[no-untyped-call]
        return page


def problem_response(problem: Exception) -> HTTPResponse:
    """Return the JSON answer to ``problem``; one we do not know is logged by its type alone."""
    known = _known(problem)
    body = {"error": known.code, "message": known.message}
    return json_response(body, status=known.status, headers=known.headers)


async def _in_json(request: Request, exception: Exception) -> HTTPResponse:
    """Answer a failure of ours with what the parent must read first, if their words need it."""
    answer = problem_response(exception)
    if answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers["Allow"] = ", ".join(_allowed_methods(request))
    if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return answer
    warning = await warning_in_trouble(request)
    if not warning:
        return answer
    return problem_response(ApiProblem(503, "unavailable", "\n\n".join(warning)))


def _allowed_methods(request: Request) -> Iterator[str]:
    """Ask the router, which does not name the methods of every address (RFC 9110 §15.5.6)."""
    for method in HTTP_METHODS:
        try:
            request.app.router.get(request.path, method, None)
        except SanicException:
            continue
        yield method.value


def _known(problem: Exception) -> ApiProblem:
    if isinstance(problem, ApiProblem):
        return problem
    if isinstance(problem, ConversationBusy):
        wait = {"Retry-After": str(math.ceil(problem.seconds))}
        message = "Your last message is still being answered. Try again in a moment."
        return ApiProblem(409, "busy", message, wait)
    if type(problem) in _SERVICE:
        return ApiProblem(*_SERVICE[type(problem)])  # type: ignore[index]
    if (
        isinstance(problem, SanicException)
        and problem.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    ):
        return _of_sanic(problem)
    if isinstance(problem, OperationalError):
        log.warning("api_unavailable", error=type(problem).__name__)
        return ApiProblem(503, *_WORDS[503])
    log.error("api_failed", error=type(problem).__name__, at=place_of(problem))
    message = "Something went wrong on our side. Nothing was sent to anyone. Try again."
    return ApiProblem(500, "broken", message)


def _of_sanic(problem: SanicException) -> ApiProblem:
    code, message = _WORDS.get(problem.status_code, _WORDS[400])
    return ApiProblem(problem.status_code, code, message, problem.headers)
