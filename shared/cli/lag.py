"""How far each stream has come: in the team's outbox, in Redis, and in every service that reads it."""

from collections.abc import AsyncGenerator
from typing import Any

import asyncpg

from shared.cli.readers import checkpoints, present, readers
from shared.contracts.streams import Stream
from shared.kernel.postgres import connected
from shared.relay.positions import read_states
from shared.streams.top import top_of
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import teams


async def lag(admin: AdminUrls) -> list[dict[str, Any]]:
    """A row for each stream and each that reads it, or one without a reader.

    `waiting` is what the relay has not sent, `behind` what the reader has not read.
    """
    return [row async for row in _rows(admin)]


async def _rows(admin: AdminUrls) -> AsyncGenerator[dict[str, Any]]:
    async with operator(admin) as redis:
        known = await teams(redis)
        read = {reader: await checkpoints(admin, reader) for reader in readers(known)}
        for team, service in present(known):
            async with connected(url_of(admin.postgres, database=database_name(team, service))) as connection:
                unsequenced = {row["audience"]: row["count"] for row in await connection.fetch(_UNSEQUENCED)}
                states = await read_states(connection)
            for audience, state in states.items():
                stream = Stream(team, service, audience)
                top, head = await top_of(redis, stream), state.head
                row = {
                    "stream": stream.key,
                    "outbox": str(head),
                    "redis": str(top),
                    "waiting": unsequenced.get(audience, 0) + max(0, head.position - top.position),
                }
                of_readers = [
                    {"reader": reader.name, **_how_far(rows.get(stream.key), head.position)}
                    for reader, rows in read.items()
                    if reader.is_of(stream)
                ]
                for one in of_readers or [_NOBODY]:
                    yield row | one


_UNSEQUENCED = "SELECT audience, count(*) FROM outbox WHERE position IS NULL GROUP BY audience"
_NOBODY = {"reader": None, "read": None, "behind": None, "state": None}


def _how_far(row: asyncpg.Record | None, head: int) -> dict[str, Any]:
    if row is None:
        return {"read": "0-0", "behind": head, "state": "not followed"}
    return {"read": f"{row['epoch']}-{row['position']}", "behind": head - row["position"], "state": row["state"]}
