"""A team's database is restored to yesterday: nothing is lost in silence, and one command puts it right."""

import asyncio

import asyncpg
import pytest

from shared.kernel.clock import machine_clock
from shared.relay.restored import team_restored
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from tests.guarantees.spine import Spine, forget_after, until


async def restore(spine: Spine, servers: AdminUrls, *, to_position: int) -> None:
    """The database as it was when the outbox ended there."""
    database = spine.team_database.rsplit("/", 1)[-1]
    admin = await asyncpg.connect(url_of(servers.postgres, database=database))
    await forget_after(admin, to_position)
    await admin.close()


async def say_that_it_was_restored(spine: Spine) -> None:
    connection = await asyncpg.connect(spine.team_database)
    async with spine.operator() as redis:
        await team_restored(connection, redis, spine.team, "referral", clock=machine_clock)
    await connection.close()


@pytest.mark.parametrize("redis_is_lost_too", [False, True])
async def test_the_projection_equals_the_outbox_again_after_the_operator_said_so(
    spine: Spine, servers: AdminUrls, *, redis_is_lost_too: bool
) -> None:
    await spine.announce()
    async with spine.reading():
        async with spine.relaying():
            await spine.commit(60)
            await spine.all_reported()
        await restore(spine, servers, to_position=40)
        if redis_is_lost_too:
            async with spine.operator() as redis:
                await redis.flushall()
        await spine.commit(7)
        await say_that_it_was_restored(spine)

        async with spine.relaying():

            async def is_the_new_history() -> bool:
                return (await spine.checkpoint()).history > 0 and len(await spine.log()) == len(await spine.outbox())

            await until(is_the_new_history)
            assert len(await spine.outbox()) == 40 + 7 + 1
            await spine.agrees()
            await spine.commit(5)
            await spine.all_reported()


async def test_until_then_the_relay_refuses_to_publish(spine: Spine, servers: AdminUrls) -> None:
    await spine.announce()
    async with spine.relaying():
        await spine.commit(60)
        await asyncio.sleep(1.5)
    await restore(spine, servers, to_position=40)
    await spine.commit(7)

    async with spine.relaying() as relay, spine.operator() as redis:

        async def refuses() -> bool:
            return relay.trouble == "redis_is_ahead"

        await until(refuses)
        assert await redis.xlen(spine.stream.key) == 60
