"""Sixteen writers at once, on the SQL that is shipped: nothing is passed over and nothing overtakes.

Each transaction is held open 0 to 20 ms after it wrote to the outbox, and one in ten is rolled back: the case in which
a relay that reads "larger than the last" lost 60 % of the events.
"""

import asyncio
import contextlib
import random
import time
from itertools import groupby, pairwise

import pytest
import structlog
from sqlalchemy import text

from shared.kernel.actor import public_form
from shared.kernel.clock import machine_clock
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.guarantees.spine import IN_ORDER, REGION_KEY, Family, Spine, a_referral, engine_of, rows

log = structlog.get_logger()

WRITERS = 16
FAMILIES = [new_id() for _ in range(200)]
SECONDS = 4

SET_UP = """
CREATE TABLE counted_family (id uuid PRIMARY KEY, version integer NOT NULL DEFAULT 0);
INSERT INTO counted_family (id) SELECT unnest($families::uuid[]);
GRANT SELECT, UPDATE ON counted_family TO "$role";
CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_sleep(random() * 0.01); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON outbox DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION hold();
"""
"""The trigger runs at COMMIT, once for each of an event's two rows."""


class ChangedMind(Exception):
    """Rolls a transaction back."""


async def _set_up(servers: AdminUrls, team: str) -> None:
    role = database_name(team, "referral")
    families = "'{" + ",".join(map(str, FAMILIES)) + "}'"
    async with connected(url_of(servers.postgres, database=role)) as admin:
        await admin.execute(SET_UP.replace("$families", families).replace("$role", role))


async def _write(units: UnitsOfWork[UnitOfWork], seed: int) -> int:
    """Commit for SECONDS; how many events."""
    chance, committed, end = random.Random(seed), 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(ChangedMind):
            async with units.begin(public_form()) as work:
                family = Family(chance.choice(FAMILIES))
                family.version = await work.session.scalar(
                    text("SELECT version FROM counted_family WHERE id = :id FOR UPDATE"), {"id": family.id}
                )
                work.publish(a_referral(family), about=family)
                await work.session.execute(
                    text("UPDATE counted_family SET version = :version WHERE id = :id"),
                    {"id": family.id, "version": family.version},
                )
                if chance.random() < 0.1:
                    await work.session.execute(text("SELECT nextval(pg_get_serial_sequence('outbox', 'seq'))"))
                    raise ChangedMind
            committed += 1
    return committed


@pytest.mark.parametrize("seed", [1])
async def test_sixteen_writers_lose_nothing_and_nothing_overtakes(spine: Spine, servers: AdminUrls, seed: int) -> None:
    await _set_up(servers, spine.team)
    await spine.announce()
    engine = engine_of(spine.team_database)
    units = UnitsOfWork(engine, UnitOfWork, region_key=REGION_KEY, clock=machine_clock)

    async with spine.relaying(), spine.reading():
        committed = sum(await asyncio.gather(*(_write(units, seed * 100 + number) for number in range(WRITERS))))
        await spine.all_reported()
    await engine.dispose()

    outbox = await rows(
        spine.team_database,
        f"SELECT seq, audience, aggregate_id, aggregate_version AS version, position FROM {IN_ORDER} "
        "ORDER BY audience, position NULLS LAST",
    )
    for _, given in groupby(outbox, key=lambda row: row["audience"]):
        events = list(given)
        assert [row["position"] for row in events] == list(range(1, committed + 1))
        of_family: dict[object, list[int]] = {}
        for row in events:
            of_family.setdefault(row["aggregate_id"], []).append(row["version"])
        assert all(versions == list(range(1, len(versions) + 1)) for versions in of_family.values())
        late = sum(one["seq"] > other["seq"] for one, other in pairwise(events))
        assert late > 0, "no transaction committed late, so this run proves nothing"
        log.info("contention", seed=seed, events=committed, after_one_with_a_higher_number=late)
