"""PostgreSQL and Valkey are started again when they end by themselves, as the services are."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

from deploy.local.account import CannotStart
from deploy.local.postgres import Postgres
from deploy.local.servers import Servers, note_servers
from deploy.local.valkey import Valkey

_LOOK_SECONDS = 0.5


@asynccontextmanager
async def kept(servers: Servers, say: Callable[[str], None]) -> AsyncGenerator[None]:
    """While the body runs. What was committed is there again, on the port that everyone knows.

    Args:
        say: told when one had to be started again.
    """
    task = asyncio.create_task(_keep(servers, say))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep(servers: Servers, say: Callable[[str], None]) -> None:
    """What is left of a killed server may hold its data for a moment: then it is tried again."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        for server in (servers.postgres, servers.valkey):
            if server.has_ended:
                say(f"{server.name} ended by itself and is started again. Log: {server.log}")
                with suppress(CannotStart, OSError):
                    await asyncio.to_thread(_start_again, server)
                    note_servers(servers)


def _start_again(server: Postgres | Valkey) -> None:
    server.launch(server.port)
    server.wait()
