"""Gives each request an id; logs and counts how it ended: method, route, status, time; never a path or an address."""

import time
from http import HTTPMethod
from uuid import UUID

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kernel.identifiers import new_id
from shared.kernel.metrics import REQUEST_SECONDS, REQUESTS

_METHODS = frozenset(method.value.lower() for method in HTTPMethod)

_log = structlog.get_logger()


class RequestLog:
    """ASGI middleware. A page that says that something went wrong shows the id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = scope.setdefault("state", {})["request_id"] = new_id()
        started, method, status = time.perf_counter(), _method(scope), 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                REQUEST_SECONDS.labels(_route(scope)).observe(time.perf_counter() - started)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_and_note)
            finally:
                REQUESTS.labels(method, _route(scope), status).inc()
                milliseconds = round((time.perf_counter() - started) * 1000)
                _log.info("request", method=method, route=_route(scope), status=status, ms=milliseconds)


def request_id(scope: Scope) -> UUID:
    return scope["state"]["request_id"]


def _method(scope: Scope) -> str:
    """One of the standard's: a sender may write any word there."""
    method = scope["method"].lower()
    return method if method in _METHODS else "other"


def _route(scope: Scope) -> str:
    """The template (`/family/{id}`), because a path can hold what someone typed."""
    return getattr(scope.get("route"), "path", "none")
