"""A process that serves two ports; the test starts it, and stops it as an operator would."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from shared.kernel.clock import machine_clock
from shared.kernel.logging import configure_logging
from shared.web.app import create_web
from shared.web.health import create_health
from shared.web.live import stream_events
from shared.web.permissions import PUBLIC
from shared.web.serving import serve
from tests.web.sample import settings


def routes() -> APIRouter:
    router = APIRouter()

    @router.get("/slow", dependencies=[PUBLIC])
    async def slow() -> Response:
        await asyncio.sleep(1)
        return PlainTextResponse("finished")

    @router.get("/live", dependencies=[PUBLIC])
    async def live(request: Request) -> Response:
        return stream_events(request, request.app.state.announcer, "anything")

    return router


@asynccontextmanager
async def background() -> AsyncGenerator[None]:
    sys.stdout.write("started\n")
    sys.stdout.flush()
    yield
    sys.stdout.write("ended\n")


def main(port: int, private_port: int) -> None:
    configure_logging(service="sample", team=None, level="info")
    chosen = settings(port=port, private_port=private_port, public_url=f"http://127.0.0.1:{port}")
    engine = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:9/nothing")
    app = create_web(chosen, title="Sample", routers=[routes()], templates=[], engine=engine, clock=machine_clock)
    asyncio.run(serve(app, create_health(live={}, ready={}), chosen, background=background))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
