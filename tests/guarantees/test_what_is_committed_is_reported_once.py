"""Whatever happens to Redis, the outbox equals the projection in the end, and nobody has to step in."""

import asyncio

from tests.guarantees.spine import Spine


async def test_what_was_committed_before_and_while_everything_runs_is_reported(spine: Spine) -> None:
    await spine.commit(30)
    await spine.announce()

    async with spine.relaying(), spine.reading():
        await spine.commit(1200, per_family=4)

        await spine.all_reported()


async def test_a_redis_that_lost_everything_is_filled_up_again(spine: Spine) -> None:
    await spine.announce()
    async with spine.relaying(), spine.reading():
        await spine.commit(200)
        await spine.all_reported()

        async with spine.operator() as redis:
            await redis.flushall()
        await spine.commit(200)

        await spine.all_reported()
        async with spine.operator() as redis:
            assert await redis.xlen(spine.stream.key) == 400


async def test_a_redis_that_lost_its_tail_is_filled_up_again(spine: Spine) -> None:
    await spine.announce()
    async with spine.relaying(), spine.operator() as redis:
        await spine.commit(50)
        await asyncio.sleep(1.5)
        older = await redis.dump(spine.stream.key)
        await spine.commit(50)
        await asyncio.sleep(1.5)
        await redis.restore(spine.stream.key, 0, older, replace=True)

        async with spine.reading():
            await spine.all_reported()


async def test_entries_wiped_before_they_were_read_are_published_again(spine: Spine) -> None:
    await spine.announce()
    async with spine.relaying(), spine.operator() as redis:
        await spine.commit(120)
        await asyncio.sleep(1.5)
        await redis.xtrim(spine.stream.key, maxlen=0, approximate=False)

        async with spine.reading():
            await spine.all_reported()


async def test_entries_wiped_from_the_middle_are_published_again(spine: Spine) -> None:
    await spine.announce()
    async with spine.relaying(), spine.operator() as redis:
        await spine.commit(120)
        await asyncio.sleep(1.5)
        await redis.xdel(spine.stream.key, "1-60", "1-61")

        async with spine.reading():
            await spine.all_reported()
            await spine.commit(10)
            await spine.all_reported()
