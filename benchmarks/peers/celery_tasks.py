"""Celery with Redis: a task for each event. It has no outbox, so a relay sends what is in ours, with our positions."""

import asyncio
import json
import os
import subprocess
import sys
import time
from functools import cache
from typing import Any

import psycopg
from celery import Celery

from benchmarks.chain_drain import REGION_ONLY
from benchmarks.installation import Installation
from benchmarks.peers.same_work import INTO_FACTS, INTO_LOG, checked
from benchmarks.peers.until_done import until_done
from benchmarks.process import Control, Part
from shared.kernel.postgres import connected
from shared.relay.positions import give_positions

PROCESSES = 2

app = Celery("peer", broker=os.environ.get("PEER_BROKER", "redis://"))
app.conf.update(task_ignore_result=True, task_acks_late=True, worker_prefetch_multiplier=64)


@app.task(name="store")
def store(message: dict[str, Any]) -> None:
    """Stores one event in one transaction."""
    row = checked(message)
    with _connection().transaction(), psycopg.RawCursor(_connection()) as cursor:
        cursor.execute(INTO_LOG, row)
        cursor.execute(INTO_FACTS[message["type"]], row[:2])


@cache
def _connection() -> psycopg.Connection[Any]:
    return psycopg.connect(os.environ["PEER_DATABASE"], autocommit=True)


async def celery_tasks(installation: Installation, events: int) -> float:
    """Events a second, from rows that are committed in our outbox to log and facts."""
    await installation.empty()
    await installation.fill_outbox(events, audiences=REGION_ONLY)
    environment = os.environ | {
        "PEER_BROKER": installation.admin.redis,
        "PEER_DATABASE": installation.region.database_url,
    }
    command = [sys.executable, "-m", "celery", "-A", "benchmarks.peers.celery_tasks", "worker"]
    options = ["-c", str(PROCESSES), "-l", "ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    relaying = await Part.start(relay, installation.team.database_url, installation.admin.redis)
    working = subprocess.Popen(
        [*command, *options], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        await _until_ready(installation.admin.redis)
        start = time.monotonic()
        relaying.go()
        rate = await until_done(installation, events, start)
        await relaying.end()
    finally:
        working.terminate()
        await asyncio.to_thread(working.wait, 30)
    return rate


async def _until_ready(broker: str) -> None:
    client = Celery(broker=broker)
    while not await asyncio.to_thread(client.control.ping, timeout=0.5):
        await asyncio.sleep(0.1)


async def relay(control: Control, database_url: str, broker: str) -> None:
    """Gives positions to a batch and sends its tasks, until there are none left."""
    client = Celery(broker=broker)
    async with connected(database_url) as connection:
        await control.ready()
        while batch := await give_positions(connection):
            for row in [row for rows in batch.values() for row in rows]:
                message = {
                    "position": row["position"],
                    "id": str(row["event_id"]),
                    "subject": str(row["subject"]),
                    "type": row["type"],
                    "time": row["occurred_at"].isoformat(),
                    "body": json.loads(row["body"]),
                }
                client.send_task("store", [message], ignore_result=True)
