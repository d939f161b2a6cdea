"""The region does not wait for its disk: what its server then forgets is read again, and nobody asked to repeat it."""

from shared.kernel.postgres import COUNTED_AGAIN, pooled
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from tests.guarantees.spine import Spine, until

FORGOTTEN = """
    DELETE FROM event_log WHERE position > {position};
    DELETE FROM referral_received WHERE position > {position};
    UPDATE checkpoint SET position = {position};
"""
"""What a loss of power takes: the last transactions, and nothing else."""


async def test_what_the_server_forgot_is_read_again_and_no_replay_is_asked_for(
    spine: Spine, servers: AdminUrls
) -> None:
    await spine.announce()
    async with spine.relaying(), spine.reading():
        await spine.commit(20)
        await spine.all_reported()
        before = await spine.checkpoint()
        async with pooled(url_of(servers.postgres, database=spine.reader_database.rsplit("/", 1)[-1])) as admin:
            await admin.execute(FORGOTTEN.format(position=before.position - 7))
        await spine.commit(3)

        await spine.all_reported()
        after = await spine.checkpoint()
    assert (after.epoch, after.position) == (before.epoch, before.position + 3)


async def test_what_is_missing_from_redis_is_asked_for_although_the_stream_is_read_again_first(spine: Spine) -> None:
    await spine.announce()
    async with spine.relaying():
        async with spine.reading():
            await spine.commit(5)
            await spine.all_reported()
        await spine.commit(5)

        async def all_sent() -> bool:
            async with spine.operator() as redis:
                return await redis.xlen(spine.stream.key) == 10

        await until(all_sent)
        async with spine.operator() as redis:
            await redis.xtrim(spine.stream.key, maxlen=2, approximate=False)
        async with spine.reading():
            await spine.all_reported()
    assert (await spine.checkpoint()).epoch == 2


async def test_only_the_commit_of_what_is_read_again_does_not_wait_for_the_disk(spine: Spine) -> None:
    async with pooled(spine.reader_database, COUNTED_AGAIN) as region, pooled(spine.reader_database) as team:
        assert await region.fetchval("SHOW synchronous_commit") == "off"
        assert await team.fetchval("SHOW synchronous_commit") == "on"
