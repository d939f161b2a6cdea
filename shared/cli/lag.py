"""How far each stream has come: in the team's outbox, in Redis, and in every service that reads it."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any

import asyncpg
from redis.asyncio import Redis

from shared import discovery
from shared.cli.finding import EVERYTHING, Scope
from shared.cli.looking import asked
from shared.cli.readers import checkpoints, fits, present, readers
from shared.contracts.streams import BEGINNING, EntryId, Stream, streams_of
from shared.relay.positions import read_states
from shared.streams.top import top_of
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import teams


async def lag(admin: AdminUrls, scope: Scope = EVERYTHING) -> list[dict[str, Any]]:
    """A row for each stream and each that reads it, or one without a reader.

    `waiting` is what the relay has not sent, `behind` what the reader has not read. Of a team whose databases are
    elsewhere, or must be migrated first, it is not known what waits, and `outbox` is none.
    """
    return [row async for row in _rows(admin, scope)]


async def _rows(admin: AdminUrls, scope: Scope) -> AsyncGenerator[dict[str, Any]]:
    async with operator(admin) as redis:
        known = await teams(redis)
        here = [reader for reader in readers(known) if scope.has(reader.team) and await reader.fits(admin)]
        read = {reader: await checkpoints(admin, reader) for reader in here}
        for team, service in present(known):
            tops = await _tops(redis, team, service)
            is_here = scope.has(team) and await fits(admin, team, service)
            published = _ends_here(admin, team, service) if is_here else _ends_in_redis(tops)
            async for stream, head, unsequenced in published:
                top = tops.get(stream, BEGINNING)
                row = {
                    "stream": stream.key,
                    "outbox": str(head) if is_here else None,
                    "redis": str(top),
                    "waiting": unsequenced + max(0, head.position - top.position),
                }
                of_readers = [
                    {"reader": reader.name, **_how_far(rows.get(stream.key), head.position)}
                    for reader, rows in read.items()
                    if reader.is_of(stream)
                ]
                for one in of_readers or ([_NOBODY] if scope.has(team) else []):
                    yield row | one


Published = AsyncGenerator[tuple[Stream, EntryId, int]]
"""A stream, where it ends, and how many events have no position on it yet."""


async def _ends_here(admin: AdminUrls, team: str, service: str) -> Published:
    async with asked(url_of(admin.postgres, database=database_name(team, service))) as connection:
        unsequenced = {row["audience"]: row["count"] for row in await connection.fetch(_UNSEQUENCED)}
        states = await read_states(connection)
    for audience, state in states.items():
        yield Stream(team, service, audience), state.head, unsequenced.get(audience, 0)


async def _ends_in_redis(tops: Mapping[Stream, EntryId]) -> Published:
    for stream, top in tops.items():
        yield stream, top, 0


async def _tops(redis: Redis, team: str, service: str) -> dict[Stream, EntryId]:
    """Asked for before the outbox: what is sent meanwhile must not look as if Redis knew more than was ever written."""
    here = discovery.services().get(service)
    streams = streams_of(team, service, is_networked=bool(here and here.is_networked))
    return {stream: await top_of(redis, stream) for stream in streams}


_UNSEQUENCED = "SELECT audience, count(*) FROM outbox_waiting GROUP BY audience"
_NOBODY = {"reader": None, "read": None, "behind": None, "state": None}


def _how_far(row: asyncpg.Record | None, head: int) -> dict[str, Any]:
    if row is None:
        return {"read": "0-0", "behind": head, "state": "not followed"}
    return {"read": f"{row['epoch']}-{row['position']}", "behind": head - row["position"], "state": row["state"]}
