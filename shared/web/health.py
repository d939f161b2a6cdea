"""The private port: whether the process lives, whether it can do its work, and its figures.

    /livez      restart it when this fails        {"status": "ok"}
    /readyz     send it no requests               503 {"status": "failing", "failing": ["database"]}
    /metrics    for Prometheus; names, counts and times only

A check is an async function that raises when something is wrong; one that takes longer than a second has failed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response

from shared.kernel.metrics import NOT_MEASURED, Measure
from shared.web.head_answers import HeadAnswers

_log = structlog.get_logger()

Check = Callable[[], Awaitable[object]]
CHECK_SECONDS = 1

NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""FastAPI's own would send paths, queries and the messages of exceptions to wherever the environment says."""


def create_health(
    *, live: Mapping[str, Check], ready: Mapping[str, Check], measures: Mapping[str, Measure] | None = None
) -> FastAPI:
    """The application of the private port; it is never published. Its state has `is_ready`.

    Args:
        live: name → check of what only a restart would mend, such as a reader that stopped.
        ready: name → check of what is needed to answer, such as the database; the live checks are added.
        measures: name → what is measured when someone asks for the figures.
    """
    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, telemetry=NO_TELEMETRY, middleware=[Middleware(HeadAnswers)]
    )

    async def is_ready() -> bool:
        return not await failing({**live, **ready})

    app.state.is_ready = is_ready

    @app.get("/livez")
    async def livez() -> Response:
        return await _report(live)

    @app.get("/readyz")
    async def readyz() -> Response:
        return await _report({**live, **ready})

    @app.get("/metrics")
    async def metrics() -> Response:
        await asyncio.gather(*(_take(name, measure) for name, measure in (measures or {}).items()))
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return app


async def failing(checks: Mapping[str, Check]) -> list[str]:
    """The names of those that fail now."""
    passed = await asyncio.gather(*(_passes(name, check) for name, check in checks.items()))
    return [name for name, did_pass in zip(checks, passed, strict=True) if not did_pass]


async def _report(checks: Mapping[str, Check]) -> Response:
    if wrong := await failing(checks):
        return JSONResponse({"status": "failing", "failing": wrong}, 503)
    return JSONResponse({"status": "ok"})


async def _take(name: str, measure: Measure) -> None:
    for gauge in measure.gauges:
        gauge.clear()
    NOT_MEASURED.labels(name).set(0 if await _passes(name, measure.take) else 1)


async def _passes(name: str, check: Check) -> bool:
    """One without an answer in time is told to stop, and not waited for: a silent database would delay that too."""
    asking = asyncio.ensure_future(check())
    try:
        await asyncio.wait([asking], timeout=CHECK_SECONDS)
        error = _trouble_of(asking) if asking.done() else TimeoutError()
    finally:
        if not asking.done():
            asking.cancel()
            _stopping.add(asking)
            asking.add_done_callback(_forget)
    if error is not None:
        _log.warning("check_failed", check=name, exc_info=error)
    return error is None


def _trouble_of(asked: "asyncio.Future[object]") -> BaseException | None:
    return asyncio.CancelledError() if asked.cancelled() else asked.exception()


_stopping = set["asyncio.Future[object]"]()
"""Told to stop: who holds nothing of a task may lose it."""


def _forget(asked: "asyncio.Future[object]") -> None:
    """Whatever it said in the end: its time was over."""
    _stopping.discard(asked)
    _trouble_of(asked)
