"""How far each stream has come: in the team's outbox, in Redis, and in reporting."""

from collections.abc import AsyncGenerator
from typing import Any

import asyncpg

from shared.contracts.streams import Audience, Stream
from shared.kernel.postgres import connected
from shared.relay.positions import read_states
from shared.streams.top import top_of
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import Standing, teams

REPORTING = "reporting"


async def lag(admin: AdminUrls) -> list[dict[str, Any]]:
    """A row for each stream; `waiting` is what the relay has not sent, `behind` what reporting has not read."""
    return [row async for row in _rows(admin)]


async def _rows(admin: AdminUrls) -> AsyncGenerator[dict[str, Any]]:
    read = await checkpoints(admin)
    async with operator(admin) as redis:
        for team, known in (await teams(redis)).items():
            if known.standing is Standing.LEFT:
                continue
            for service in known.services:
                async with connected(url_of(admin.postgres, database=database_name(team, service))) as connection:
                    unsequenced = {row["audience"]: row["count"] for row in await connection.fetch(_UNSEQUENCED)}
                    states = await read_states(connection)
                for audience in Audience:
                    stream = Stream(team, service, audience)
                    top, head = await top_of(redis, stream), states[audience].head
                    yield {
                        "stream": stream.key,
                        "outbox": str(head),
                        "redis": str(top),
                        "waiting": unsequenced.get(audience, 0) + max(0, head.position - top.position),
                        **_of_the_reader(read.get(stream.key), audience, head.position),
                    }


_UNSEQUENCED = "SELECT audience, count(*) FROM outbox WHERE position IS NULL GROUP BY audience"


def _of_the_reader(row: asyncpg.Record | None, audience: Audience, head: int) -> dict[str, Any]:
    if audience is not Audience.REGION:
        return {"read": None, "behind": None, "state": None}
    if row is None:
        return {"read": "0-0", "behind": head, "state": "not followed"}
    return {"read": f"{row['epoch']}-{row['position']}", "behind": head - row["position"], "state": row["state"]}


async def checkpoints(admin: AdminUrls) -> dict[str, asyncpg.Record]:
    """What reporting has read, by the stream's key."""
    async with connected(url_of(admin.postgres, database=database_name(None, REPORTING))) as connection:
        return {row["stream"]: row for row in await connection.fetch("SELECT * FROM checkpoint ORDER BY stream")}


async def audit_heads(admin: AdminUrls, team: str | None, service: str) -> list[asyncpg.Record]:
    """Where reporting heard that the audit trail of a team's service ended; nothing for the region's own."""
    if team is None:
        return []
    async with connected(url_of(admin.postgres, database=database_name(None, REPORTING))) as connection:
        stream = Stream(team, service, Audience.REGION)
        return await connection.fetch("SELECT * FROM audit_head_heard WHERE stream = $1 ORDER BY number", stream.key)
