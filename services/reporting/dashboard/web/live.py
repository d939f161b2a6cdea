"""Pages move when figures are published or facts come in: PostgreSQL tells, and open pages fetch themselves again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
import structlog
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from shared.contracts.vocabulary import Role
from shared.kernel.cancel import cancel
from shared.web.live import Announcer, stream_events
from shared.web.permissions import need

FACTS, PUBLISHED = "facts", "published"
"""What is notified in the transaction that stores facts, and in the one that publishes figures."""

BEAT_SECONDS = 10.0
"""A page says how old its data is; so it looks again this often, although nothing came in."""

_log = structlog.get_logger()


@asynccontextmanager
async def followed_facts(app: FastAPI) -> AsyncGenerator[None]:
    """Announce what PostgreSQL notifies while the application serves."""
    task = asyncio.create_task(_follow(app.state.settings.database_url, app.state.announcer))
    try:
        yield
    finally:
        await cancel([task])


router = APIRouter(dependencies=[need(Role.REGIONAL_LEAD, Role.LOCALITY_LEAD)], lifespan=followed_facts)


@router.get("/events")
async def stream_facts(request: Request) -> Response:
    """Server-sent events: one for each time that the figures may have changed."""
    return stream_events(request, request.app.state.announcer, FACTS)


async def _follow(database_url: str, announcer: Announcer) -> None:
    while True:
        try:
            await _listen(database_url, announcer)
        except Exception as error:  # noqa: BLE001 - whatever it is, the pages still show what they show, and it is tried again
            _log.warning("listening_interrupted", trouble=error)
        await asyncio.sleep(1)


async def _listen(database_url: str, announcer: Announcer) -> None:
    """Until the connection is lost. What was notified before it stood is announced once."""

    def tell(*_notification: object) -> None:
        announcer.announce(FACTS)

    connection = await asyncpg.connect(database_url)
    try:
        for channel in (FACTS, PUBLISHED):
            await connection.add_listener(channel, tell)
        while not connection.is_closed():
            tell()
            await asyncio.sleep(BEAT_SECONDS)
    finally:
        await connection.close()
