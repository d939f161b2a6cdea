"""Pages on a port of their own, for a real browser.

async with served_service(SERVICE, engine, clock) as address: ...
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.kernel.clock import Clock
from shared.kernel.settings import Settings
from shared.manifest import Service
from shared.process import create_pages
from shared.testing.direct_sign_in import direct_sign_in
from shared.testing.page_walk import walked_settings
from shared.web.health import create_health
from shared.web.serving import serve


@contextlib.asynccontextmanager
async def served_service(service: Service, engine: AsyncEngine, clock: Clock) -> AsyncGenerator[str]:
    """The pages of a team's service; gives their address."""

    def pages(**where: Any) -> tuple[FastAPI, Settings]:
        settings = walked_settings(service, **where)
        signs_in = direct_sign_in(settings, service.people)
        return create_pages(service, settings, engine, clock, signs_in=signs_in), settings

    async with served_pages(pages) as address:
        yield address


@contextlib.asynccontextmanager
async def served_pages(pages: Callable[..., tuple[FastAPI, Settings]]) -> AsyncGenerator[str]:
    """Args: pages: makes them, of the settings that say where they are."""
    port, private_port = _free_ports()
    address = f"http://127.0.0.1:{port}"
    app, settings = pages(port=port, private_port=private_port, public_url=address)
    serving = asyncio.create_task(serve(app, create_health(live={}, ready={}), settings))
    await _listens(address)
    yield address
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


async def _listens(url: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(10):
        while True:
            with contextlib.suppress(httpx.ConnectError):
                await client.get(url)
                return
            await asyncio.sleep(0.05)
