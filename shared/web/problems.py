"""What a refusal, a wrong request and a failure look like to a browser and to a program: the only mapping to HTTP.

    RuleBroken 422      NotAllowed 403      NotFound 404      Conflict 409      any other Refusal 400

A browser gets a page with a sentence and a way back; a program gets problem+json (RFC 9457). An API with a form of its
own, such as FHIR's OperationOutcome, passes a renderer for its path prefix. No answer repeats what was sent.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.database.trouble import cause_of
from shared.kernel.errors import Conflict, NotAllowed, NotFound, Refusal, RuleBroken
from shared.kernel.postgres import BROKEN
from shared.web.pages import render
from shared.web.request_log import request_id

_log = structlog.get_logger()

_STATUS = {RuleBroken: 422, NotAllowed: 403, NotFound: 404, Conflict: 409}

_SENTENCES = {
    400: "The request could not be understood. Go back and try again.",
    401: "Sign in first.",
    403: "You may not do this. If you should be able to, ask your team lead.",
    404: "There is no such page. If you typed the address, check that it is correct.",
    405: "This page cannot be used in that way. Go back and try again.",
    408: "The request took too long to arrive. Try again.",
    413: "That is more than can be sent at once, and nothing was saved. Go back: what you typed is in the page still. "
    "Shorten it and try again.",
    415: "This cannot be read. Send it in the form that the page or the documentation describes.",
    422: "Some of what was sent is missing or wrong.",
    429: "We’re very busy. Try again in 1 minute.",
    431: "The request's headers are too large. Delete this site's cookies and try again.",
    500: "Sorry, something went wrong. Nothing was changed. Try again later.",
    503: "Sorry, the service cannot answer at present. Nothing was saved. Try again in a minute.",
}

_TITLES = {
    403: "You may not do this",
    404: "Page not found",
    409: "This has changed in the meantime",
    413: "That is too much",
    429: "Too many requests",
    500: "Sorry, there is a problem with the service",
    503: "Sorry, the service is not available",
}

_IN_A_MINUTE = re.compile("08|40|53|55|57|25006|25P0[34]")
"""SQLSTATEs, or how they begin, after which the same request may work in a minute: the connection broke, the
transaction was rolled back, something is used up, a lock was not given, the server stops, or only reads, or gave up
waiting for us (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

_NOT_STORABLE = frozenset({"22021", "22P05"})
"""Likewise, of a character that no text in the database can have, in an address that a question did not read."""


@dataclass(frozen=True)
class Problem:
    """Why a request was not done, in the words and codes that any renderer needs."""

    status: int
    code: str
    sentence: str
    reference: str
    """The request's id: what a person can quote, and what the log has."""
    field: str | None = None
    others: "tuple[Problem, ...]" = ()
    """What else is wrong with the same request."""

    @property
    def title(self) -> str:
        return _TITLES.get(self.status, "This cannot be done")


Renderer = Callable[[Request, Problem], Response]


class ProblemAnswers:
    """ASGI middleware that answers for whatever is raised inside it; after a failure the log has type and lines only.

    Args:
        renderers: path prefix → renderer, for APIs that have a form of their own.
    """

    def __init__(self, app: ASGIApp, *, renderers: Mapping[str, Renderer]) -> None:
        self._app = app
        self._renderers = renderers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        scope["state"]["renderers"] = self._renderers
        try:
            await self._app(scope, receive, send_and_note)
        except ClientDisconnect:
            _log.info("client_hung_up")  # there is nobody to answer, and nothing of ours failed
        except Exception as error:  # noqa: BLE001 - nothing outside would answer
            if not isinstance(error, HTTPException):
                _log.error("request_failed", exc_info=error)
            if not started:
                await _answer(Request(scope, receive), error)(scope, receive, send)


def answer_problems(app: FastAPI) -> None:
    """Registers the answers to what routes raise on purpose; the rest is left to `ProblemAnswers`."""
    for kind in (Refusal, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, answer_problem)


async def answer_problem(request: Request, error: Exception) -> Response:
    """The answer to what a route raised, for a handler that does something before it."""
    return _answer(request, error)


def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    problem = _problem(request, error)
    response = _renderer(request)(request, problem)
    response.headers.update(getattr(error, "headers", None) or {})
    if problem.status == 503:
        response.headers["Retry-After"] = "60"
    return response


def _problem(request: Request, error: Exception) -> Problem:
    reference = str(request_id(request.scope))
    if isinstance(error, Refusal):
        status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)
        others = tuple(Problem(status, one.code, one.sentence, reference, one.field) for one in error.others)
        return Problem(status, error.code, error.sentence, reference, error.field, others)
    status = status_of(error)
    code = HTTPStatus(status).phrase.lower().replace(" ", "_").replace("-", "_")
    return Problem(status, code, _SENTENCES.get(status, _SENTENCES[400]), reference, _field(error))


def status_of(error: Exception) -> int:
    """Of the answer to what was raised and is no refusal: 503 where the same may work in a minute."""
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, RequestValidationError):
        in_path = all(item["loc"][:1] == ("path",) for item in error.errors())
        return 404 if in_path else 422
    if _sqlstate(error) in _NOT_STORABLE:
        return 422
    return 503 if _may_work_in_a_minute(error) else 500


def _may_work_in_a_minute(error: Exception) -> bool:
    """Whether a server, and not the request, is in trouble: nothing was committed."""
    if isinstance(error, OSError):
        return error.filename is None  # of a network, or of a disk without space; not of a file that is missing
    if sqlstate := _sqlstate(error):
        return _IN_A_MINUTE.match(sqlstate) is not None
    return isinstance(error, (OperationalError, InterfaceError, PoolTimeoutError)) or isinstance(
        cause_of(error), BROKEN
    )


def _sqlstate(error: Exception) -> str | None:
    return getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlstate", None)


def _field(error: Exception) -> str | None:
    """The field that the first error is about, unless its name is what someone sent and we do not know it."""
    if not isinstance(error, RequestValidationError):
        return None
    first = error.errors()[0]
    names = [part for part in first["loc"][1:] if isinstance(part, str)]
    return names[0] if names and first["type"] != "extra_forbidden" else None


def _renderer(request: Request) -> Renderer:
    renderers: Mapping[str, Renderer] = request.scope["state"]["renderers"]
    for prefix, renderer in renderers.items():
        if f"{request.url.path}/".startswith(prefix):
            return renderer
    return as_page if _wants_page(request) else as_json


def _wants_page(request: Request) -> bool:
    accepted = request.headers.get("accept", "*/*")
    return "json" not in accepted or "text/html" in accepted


def as_page(request: Request, problem: Problem) -> Response:
    """A page with the sentence, the reference after a failure, and a way back."""
    return render(request, "problem.html", status=problem.status, problem=problem)


def as_json(_request: Request, problem: Problem) -> Response:
    """problem+json of RFC 9457, with our `code`, `reference` and, for a form, `field`."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.sentence,
        "code": problem.code,
        "reference": problem.reference,
    }
    if problem.field:
        content["field"] = problem.field
    return JSONResponse(content, problem.status, media_type="application/problem+json")
