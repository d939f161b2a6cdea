"""Two versions of the relay take turns on one outbox while an upgrade goes on: each goes on where the other was."""

from pathlib import Path

import asyncpg

from shared.database.migrations import upgrade
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
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
    await upgrade(servers.postgres, "referral", database, folder=_step(tree, BESIDE, WITHIN))
    async with connected(access.database_url) as relay:
        for most in (50, 7):
            await relay.execute(GIVEN_BY_THE_VERSION_BEFORE, most)
            assert len(await relay.fetch(GIVEN, most)) == most
            await relay.execute(WRITTEN, 3)
        within = await relay.fetch(
            "SELECT audience, position, seq FROM outbox WHERE position IS NOT NULL ORDER BY 1, 2"
        )
        assert await relay.fetch(IN_ORDER) == within
    await upgrade(servers.postgres, "referral", database, folder=_step(tree, ONLY_BESIDE, BESIDE))

    async with connected(access.database_url) as relay:
        while await relay.fetch(GIVEN, 100):
            pass
        assert set(within) <= set(await relay.fetch(IN_ORDER))
        await _is_whole(relay, events=706)


def _step(tree: Path, script: str, before: str | None = None) -> Path:
    """One migration more."""
    (tree / "versions").mkdir(exist_ok=True)
    (tree / "versions" / f"{script}.py").write_text(STEP.format(script=script, before=before))
    (tree / "HEAD").write_text(f"{script}\n")
    return tree


async def _is_whole(relay: asyncpg.Connection, *, events: int) -> None:
    """Every row has one position, and they are those of one stream for each audience, in the order of the rows."""
    rows = await relay.fetch(IN_ORDER)
    for audience in ("region", "team"):
        of_it = [row for row in rows if row["audience"] == audience]
        assert [row["position"] for row in of_it] == list(range(1, events + 1))
        assert [row["seq"] for row in of_it] == sorted({row["seq"] for row in of_it})
    assert await relay.fetchval("SELECT count(*) FROM outbox_waiting") == 0
