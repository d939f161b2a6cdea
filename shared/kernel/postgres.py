"""A connection to PostgreSQL in asyncpg's own terms: what operators, the relay and the readers use."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

BY_KEY = {"enable_seqscan": "off", "random_page_cost": "1.1", "jit": "off", "plan_cache_mode": "force_generic_plan"}
"""Settings of a connection on which each statement reads some rows by their key, many times a second.

PostgreSQL keeps the plan that it made when a table was nearly empty, and reads the whole of it long after: a relay
that began with an empty outbox read all of it for each event. By its reckoning of a disk it also does so with
thousands of rows.
"""

BROKEN = (asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What asyncpg raises, besides what the server said, of a connection that is gone: the second one where the server ends
it while asyncpg waits for something else."""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
"""Taken from a pool, or made for itself."""


@asynccontextmanager
async def pooled(url: str) -> AsyncGenerator["asyncpg.Pool[asyncpg.Record]"]:
    """A few connections for what reads by key, closed at the end.

    Whoever borrows one leaves nothing in it but a transaction, which is rolled back. What another process holds is
    waited for two seconds and then asked for again; a process that hangs in a transaction holds it for ten.
    """
    settings = {**BY_KEY, "lock_timeout": "2s", "idle_in_transaction_session_timeout": "10s"}
    async with asyncpg.create_pool(
        url, min_size=0, max_size=8, server_settings=settings, reset=_keep, max_cacheable_statement_size=0
    ) as pool:
        yield pool


async def _keep(connection: object) -> None:
    """To ask the server to forget everything would be one more round trip for each transaction."""


CLOSE_SECONDS = 2.0
"""A server that does not answer does not say goodbye either."""


@asynccontextmanager
async def connected(
    url: str, *, answers_within: float | None = None
) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
    """One connection, closed at the end.

    Args:
        answers_within: seconds that connecting, and each statement, may take before TimeoutError is raised; a minute
            and for ever if not given.
    """
    connection = await asyncpg.connect(url, timeout=answers_within or 60, command_timeout=answers_within)
    try:
        yield connection
    finally:
        with suppress(TimeoutError):  # it is torn off then
            async with asyncio.timeout(CLOSE_SECONDS):
                await connection.close()
