"""Two versions of the relay take turns on one outbox while an upgrade goes on: each goes on where the other was."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path

import asyncpg

from shared.database.migrations import upgrade
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.servers import FreshService

WITHIN, BESIDE, ONLY_BESIDE = "CREATE_OUTBOX_1", "POSITIONS_BESIDE_1", "POSITIONS_ONLY_BESIDE_1"
STEP = """
from shared.database.script import execute_script
from shared.outbox import tables
revision, down_revision = "{script}", {before!r}
def upgrade() -> None:
    execute_script(tables.{script})
"""

WRITTEN = """
    INSERT INTO outbox
        (audience, event_id, aggregate_id, aggregate_version, subject, type, body, occurred_at, traceparent)
    SELECT audience, gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), 'a', '{}', now(), ''
    FROM generate_series(1, $1), unnest(ARRAY['team', 'region']) AS audience
"""
GIVEN_BY_THE_VERSION_BEFORE = """
    WITH batch AS (
        SELECT seq, audience FROM outbox WHERE position IS NULL ORDER BY seq LIMIT $1
    ), counted AS (
        SELECT audience, count(*) AS events FROM batch GROUP BY audience
    ), moved AS (
        UPDATE relay_state AS state SET last_position = last_position + events
        FROM counted WHERE counted.audience = state.audience
        RETURNING state.audience, last_position - events AS start
    ), numbered AS (
        SELECT seq, start + row_number() OVER (PARTITION BY audience ORDER BY seq) AS position
        FROM batch JOIN moved USING (audience)
    )
    UPDATE outbox SET position = numbered.position
    FROM numbered WHERE outbox.seq = numbered.seq AND outbox.seq = ANY (ARRAY(SELECT seq FROM batch))
"""
GIVEN = "SELECT audience, position, event_id FROM give_positions($1)"
IN_ORDER = "SELECT audience, position, seq FROM outbox_in_order ORDER BY audience, position"


async def test_whichever_version_gives_a_position_the_other_knows_it(
    servers: AdminUrls, fresh_service: FreshService, a_team: str, tmp_path: Path
) -> None:
    tree, database = _step(tmp_path, WITHIN), database_name(a_team, "referral")
    access = await fresh_service(a_team, "referral", folder=tree)
    async with connected(access.database_url) as relay:
        await relay.execute(WRITTEN, 700)
        for _ in range(3):
            await relay.execute(GIVEN_BY_THE_VERSION_BEFORE, 400)
    async with _going_on(access.database_url):
        await upgrade(servers.postgres, "referral", database, folder=_step(tree, BESIDE, WITHIN))
    async with connected(access.database_url) as relay:
        for most in (50, 7):
            await relay.execute(WRITTEN, most)
            await relay.execute(GIVEN_BY_THE_VERSION_BEFORE, most)
            assert len(await relay.fetch(GIVEN, most)) == most
            await relay.execute(WRITTEN, 3)
        within = await relay.fetch(
            "SELECT audience, position, seq FROM outbox WHERE position IS NOT NULL ORDER BY 1, 2"
        )
        assert await relay.fetch(IN_ORDER) == within
    async with _going_on(access.database_url):
        await upgrade(servers.postgres, "referral", database, folder=_step(tree, ONLY_BESIDE, BESIDE))

    async with connected(access.database_url) as relay:
        while await relay.fetch(GIVEN, 100):
            pass
        assert set(within) <= set(await relay.fetch(IN_ORDER))
        await _is_whole(relay)


async def test_what_nobody_hears_yet_keeps_its_place_and_its_position_comes_when_somebody_does(
    fresh_service: FreshService, servers: AdminUrls, a_team: str, tmp_path: Path
) -> None:
    tree, database = _step(tmp_path, WITHIN), database_name(a_team, "referral")
    await fresh_service(a_team, "referral", folder=tree)
    for script, before in ((BESIDE, WITHIN), (ONLY_BESIDE, BESIDE)):
        await upgrade(servers.postgres, "referral", database, folder=_step(tree, script, before))
        async with connected(url_of(servers.postgres, database=database)) as owner:
            await owner.execute("DELETE FROM relay_state WHERE audience = 'region'")
            await owner.execute(WRITTEN, 3)
            assert {row["audience"] for row in await owner.fetch(GIVEN, 100)} == {"team"}
            last = await owner.fetchval("SELECT count(*) FROM outbox_in_order WHERE audience = 'region'")
            await owner.execute("INSERT INTO relay_state (audience, last_position) VALUES ('region', $1)", last)
            assert {row["audience"] for row in await owner.fetch(GIVEN, 100)} == {"region"}
            await _is_whole(owner)


@contextlib.asynccontextmanager
async def _going_on(database_url: str) -> AsyncGenerator[None]:
    """Somebody writes, and the version before gives positions, until its tables are gone."""
    over, happened = asyncio.Event(), {WRITTEN: asyncio.Event(), GIVEN_BY_THE_VERSION_BEFORE: asyncio.Event()}

    async def again(statement: str, most: int) -> None:
        async with connected(database_url) as connection:
            while not over.is_set():
                with contextlib.suppress(asyncpg.UndefinedColumnError):
                    await connection.execute(statement, most)
                happened[statement].set()

    async def both_happen() -> None:
        for one in happened.values():
            one.clear()
            await one.wait()

    async with asyncio.TaskGroup() as group:
        group.create_task(again(WRITTEN, 3))
        group.create_task(again(GIVEN_BY_THE_VERSION_BEFORE, 7))
        await both_happen()
        yield
        await both_happen()
        over.set()


def _step(tree: Path, script: str, before: str | None = None) -> Path:
    """One migration more."""
    (tree / "versions").mkdir(exist_ok=True)
    (tree / "versions" / f"{script}.py").write_text(STEP.format(script=script, before=before))
    (tree / "HEAD").write_text(f"{script}\n")
    return tree


async def _is_whole(relay: asyncpg.Connection) -> None:
    """Every row has one position, and they are those of one stream for each audience, in the order of the rows."""
    rows, events = await relay.fetch(IN_ORDER), await relay.fetchval("SELECT count(*) / 2 FROM outbox")
    for audience in ("region", "team"):
        of_it = [row for row in rows if row["audience"] == audience]
        assert [row["position"] for row in of_it] == list(range(1, events + 1))
        assert [row["seq"] for row in of_it] == sorted({row["seq"] for row in of_it})
    assert await relay.fetchval("SELECT count(*) FROM outbox_waiting") == 0
