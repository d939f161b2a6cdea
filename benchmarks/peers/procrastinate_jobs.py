"""procrastinate: a job for each event, deferred in the database that the worker writes to; ten jobs at a time."""

import asyncio
import contextlib
import logging
import time
from typing import Any

import asyncpg
import procrastinate

from benchmarks.installation import Installation
from benchmarks.peers.same_work import INTO_FACTS, INTO_LOG, checked, messages
from benchmarks.peers.until_done import until_done
from benchmarks.process import Control, Part
from shared.kernel.postgres import connected

CONCURRENCY = 10


async def procrastinate_jobs(installation: Installation, events: int) -> float:
    """Events a second, from jobs that are committed to log and facts."""
    await installation.empty()
    url = installation.admin_of("referral")
    async with connected(url) as connection:
        await connection.execute("DROP SCHEMA IF EXISTS peer CASCADE; CREATE SCHEMA peer")
    app = _app(url)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        job = app.configure_task("store")
        await job.batch_defer_async(*({"message": message} for message in messages(events)))
    await installation.settle()
    working = await Part.start(worker, url, installation.region.database_url)
    start = time.monotonic()
    working.go()
    rate = await until_done(installation, events, start)
    await working.stop()
    return rate


def _app(url: str) -> procrastinate.App:
    connector = procrastinate.PsycopgConnector(
        conninfo=url, kwargs={"options": "-c search_path=peer"}, min_size=2, max_size=CONCURRENCY + 2
    )
    return procrastinate.App(connector=connector)


async def worker(control: Control, jobs_url: str, database_url: str) -> None:
    """Stores one event in one transaction for each job."""
    logging.getLogger("procrastinate").setLevel(logging.ERROR)
    pool = await asyncpg.create_pool(database_url, min_size=CONCURRENCY, max_size=CONCURRENCY)
    app = _app(jobs_url)

    @app.task(name="store")
    async def store(message: dict[str, Any]) -> None:
        row = checked(message)
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(INTO_LOG, *row)
            await connection.execute(INTO_FACTS[message["type"]], *row[:2])

    async with app.open_async():
        await control.ready()
        task = asyncio.create_task(
            app.run_worker_async(concurrency=CONCURRENCY, install_signal_handlers=False, delete_jobs="successful")
        )
        await control.stopped()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    await pool.close()
