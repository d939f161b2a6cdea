"""Make the facts anew from the event log while the old ones serve: for a new fact table, or after a projection changed.

The new tables are filled side by side in a schema of their own from one snapshot of the log, block by block, and get
their keys and indexes when they are full. Then one short transaction holds the reader up, adds what came in meanwhile,
marks every month that the old or the new tables hold a fact of, and puts the new tables in the place of the old ones. A
rebuild that was killed has changed nothing, and the next one clears up.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import asyncpg

from shared.inbox.projection import Projection, digests_of, marking, tables_of
from shared.kernel.postgres import Connection

BLOCKS = 4096
"""How much of the log is read at a time, in blocks of 8 KiB: it stays in memory while each projection reads it."""

NO_FIGURES_MEANWHILE = "hashtext('reckon figures')"
"""Whoever makes figures of facts holds this lock: it reads many tables, and would have to wait for some half way."""

SIDE_BY_SIDE = 3
"""Connections, each of which fills its share of the tables."""

ATTEMPTS = 20
LOCK_TIMEOUT = "2s"
"""Longer than any page needs; a page that waits behind the swap waits no longer than this."""

Progress = Callable[[int, int], None]
"""Told how many events have been read, and how many there are."""


class RebuildHeldUp(Exception):
    """The tables were in use all the time: the old ones still serve. Try again when there is less to do."""


async def rebuild(url: str, projections: Sequence[Projection], progress: Progress) -> int:
    """Replace the projections' fact tables by what the log says; how many events it holds.

    Args:
        url: the service's database, as a superuser or as the role that owns the tables.
        progress: is told after each part.

    Raises:
        RebuildHeldUp: the new tables could not be put in place.
    """
    tables = tables_of(projections)
    async with AsyncExitStack() as stack:
        connection, *side_by_side = [await _open(stack, url, tables[0]) for _ in range(1 + SIDE_BY_SIDE)]
        await connection.execute("SELECT pg_advisory_lock(hashtext('rebuild'))")  # a second rebuild waits for the first
        start = await _load(connection, side_by_side, projections, tables, progress)
        await asyncio.gather(
            *[build_all_indexes(one, _part(tables, number)) for number, one in enumerate(side_by_side)]
        )
        for _ in range(ATTEMPTS):
            if await _swap(connection, projections, tables, start):
                return start.events
    raise RebuildHeldUp(f"the tables were in use at {ATTEMPTS} attempts")


@dataclass(frozen=True)
class _Start:
    """What the log held when the new tables were filled."""

    events: int
    blocks: int
    snapshot: str
    checkpoints: Sequence[asyncpg.Record]
    """How far each stream had been read."""
    set_aside: list[int]
    """Dead letters that could since have been replayed to their old place in the log."""


async def _open(stack: AsyncExitStack, url: str, table: str) -> Connection:
    """A connection that acts as the owner, so that the new tables belong to whom the old ones belong to."""
    connection = await asyncpg.connect(url)
    stack.push_async_callback(connection.close)
    owner = await connection.fetchval("SELECT quote_ident(tableowner) FROM pg_tables WHERE tablename = $1", table)
    await connection.execute(f"SET ROLE {owner}; SET jit = off; SET maintenance_work_mem = '256MB'")
    return connection


async def _load(
    connection: Connection,
    side_by_side: Sequence[Connection],
    projections: Sequence[Projection],
    tables: Sequence[str],
    progress: Progress,
) -> _Start:
    await connection.execute("DROP SCHEMA IF EXISTS rebuilding CASCADE; CREATE SCHEMA rebuilding")
    async with connection.transaction(isolation="repeatable_read"):
        start = await _look(connection)
        done = 0

        def tell(part: int) -> None:
            nonlocal done
            done += part
            progress(start.events * done // (start.blocks * SIDE_BY_SIDE), start.events)

        fillings = [
            _fill(one, start, [each for each in projections if each.table in _part(tables, number)], tell)
            for number, one in enumerate(side_by_side)
        ]
        await asyncio.gather(*fillings)
    return start


async def _look(connection: Connection) -> _Start:
    return _Start(
        events=await connection.fetchval("SELECT count(*) FROM event_log"),
        blocks=await connection.fetchval(
            "SELECT pg_relation_size('event_log') / current_setting('block_size')::integer"
        ),
        snapshot=await connection.fetchval("SELECT pg_export_snapshot()"),
        checkpoints=await connection.fetch("SELECT stream, epoch, position FROM checkpoint"),
        set_aside=[row["id"] for row in await connection.fetch("SELECT id FROM dead_letter WHERE resolved_at IS NULL")],
    )


def _part(tables: Sequence[str], number: int) -> Sequence[str]:
    """Those of one connection."""
    return tables[number::SIDE_BY_SIDE]


async def _fill(
    connection: Connection, start: _Start, projections: Sequence[Projection], tell: Callable[[int], None]
) -> None:
    """Only those of whose events there are any in a part read it: to find nothing in it takes half as long as to find
    something.
    """
    async with connection.transaction(isolation="repeatable_read"):
        await connection.execute(f"SET TRANSACTION SNAPSHOT '{start.snapshot}'")
        for table in tables_of(projections):
            await connection.execute(f"CREATE TABLE rebuilding.{table} (LIKE public.{table} INCLUDING DEFAULTS)")
            await _grant_alike(connection, table)
        for first in range(0, start.blocks, BLOCKS):
            where = f"ctid >= '({first},0)' AND ctid < '({first + BLOCKS},0)'"
            found = await connection.fetch(f"SELECT DISTINCT type FROM event_log WHERE {where}")  # noqa: S608
            there = {row["type"] for row in found}
            for projection in projections:
                if not there.isdisjoint(one.type for one in projection.events):
                    await connection.execute(projection.insert(into=f"rebuilding.{projection.table}", where=where))
            tell(min(BLOCKS, start.blocks - first))


async def _grant_alike(connection: Connection, table: str) -> None:
    """What the old table's users may do, they may do with the new one."""
    grants = await connection.fetch(
        "SELECT quote_ident(grantee::regrole::text) AS role, string_agg(privilege_type, ', ') AS privileges "
        "FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = $1::text::regclass GROUP BY grantee",
        f"public.{table}",
    )
    for grant in grants:
        await connection.execute(f"GRANT {grant['privileges']} ON rebuilding.{table} TO {grant['role']}")


async def build_all_indexes(connection: Connection, tables: Sequence[str]) -> None:
    for table in tables:
        await build_indexes(connection, table)


async def build_indexes(connection: Connection, table: str) -> None:
    """The old table's keys and indexes, under the same names, for the new one."""
    definitions = await connection.fetch(
        "SELECT pg_get_indexdef(indexrelid) AS index, indisprimary, relname AS name, "
        "pg_get_constraintdef(pg_constraint.oid) AS primary_key "
        "FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
        "LEFT JOIN pg_constraint ON conindid = indexrelid AND contype = 'p' WHERE indrelid = $1::text::regclass",
        f"public.{table}",
    )
    for definition in definitions:
        if definition["indisprimary"]:
            statement = (
                f"ALTER TABLE rebuilding.{table} ADD CONSTRAINT {definition['name']} {definition['primary_key']}"
            )
        else:
            statement = definition["index"].replace(f" ON public.{table} ", f" ON rebuilding.{table} ")
        await connection.execute(statement)
    await connection.execute(f"VACUUM (ANALYZE) rebuilding.{table}")


async def _swap(
    connection: Connection, projections: Sequence[Projection], tables: Sequence[str], start: _Start
) -> bool:
    """False when the tables were in use for too long."""
    try:
        async with connection.transaction():
            await connection.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            await connection.execute(f"SELECT pg_advisory_xact_lock({NO_FIGURES_MEANWHILE})")
            await connection.execute("LOCK TABLE checkpoint IN EXCLUSIVE MODE")
            await _catch_up(connection, projections, tables, start)
            of_both = [f"{schema}.{table}" for schema in ("public", "rebuilding") for table in tables]
            await connection.execute(marking(of_both))
            for table in tables:  # in the order in which pages read them, so that neither waits for the other
                await connection.execute(f"DROP TABLE public.{table}; ALTER TABLE rebuilding.{table} SET SCHEMA public")
            await connection.execute("DROP SCHEMA rebuilding; SELECT pg_notify('facts', '')")
            await connection.executemany(_MADE_BY, list(digests_of(projections).items()))
    except asyncpg.LockNotAvailableError:
        return False
    return True


_MADE_BY = (
    "INSERT INTO fact_maker (fact_table, digest) VALUES ($1, $2) "
    "ON CONFLICT (fact_table) DO UPDATE SET digest = excluded.digest"
)


async def _catch_up(
    connection: Connection, projections: Sequence[Projection], tables: Sequence[str], start: _Start
) -> None:
    """Add what came into the log since: at its ends, in streams that were taken back, and from dead letters."""
    known = {row["stream"]: row for row in start.checkpoints}
    for row in await connection.fetch("SELECT stream, epoch, position FROM checkpoint"):
        before = known.get(row["stream"])
        if before == row:
            continue
        position = before["position"] if before and before["epoch"] == row["epoch"] else 0
        for table in tables:
            await connection.execute(
                f"DELETE FROM rebuilding.{table} WHERE stream = $1 AND position > $2",  # noqa: S608
                row["stream"],
                position,
            )
        await _project(connection, projections, "stream = $1 AND position > $2", row["stream"], position)
    replayed = await connection.fetch(
        "SELECT stream, position FROM dead_letter WHERE id = ANY($1) AND resolved_at IS NOT NULL", start.set_aside
    )
    for row in replayed:
        await _project(connection, projections, "stream = $1 AND position = $2", row["stream"], row["position"])


async def _project(
    connection: Connection, projections: Sequence[Projection], where: str, stream: str, position: int
) -> None:
    for projection in projections:
        statement = projection.insert(into=f"rebuilding.{projection.table}", where=where) + " ON CONFLICT DO NOTHING"
        await connection.execute(statement, stream, position)
