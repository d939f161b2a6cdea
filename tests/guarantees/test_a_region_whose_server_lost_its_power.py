"""The region does not wait for its disk: what its server then forgets is read again, and nobody asked to repeat it."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.contracts.platform import TeamLeft
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.registry import announce
from tests.guarantees.spine import Spine, until

FORGOTTEN = """
    DELETE FROM event_log WHERE position > {position};
    DELETE FROM referral_received WHERE position > {position};
    UPDATE checkpoint SET position = {position};
"""
"""What a loss of power takes: the last transactions, and nothing else."""


BEAT_SECONDS = 0.3


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader starts again within a beat, as it does where one is five seconds."""
    monkeypatch.setattr("shared.relay.relay.HEARTBEAT_SECONDS", 0)
    monkeypatch.setattr("shared.relay.relay.TICK_SECONDS", BEAT_SECONDS)
    monkeypatch.setattr("shared.inbox.reader.TICK_SECONDS", 0.1)
    monkeypatch.setattr("shared.inbox.stream_reader.RESTART_SECONDS", 0.1)


@pytest.fixture
async def admin(spine: Spine, servers: AdminUrls) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection to the region's database."""
    async with connected(url_of(servers.postgres, database=spine.reader_database.rsplit("/", 1)[-1])) as connection:
        yield connection


@pytest.mark.parametrize("later", [3, 0], ids=["and more comes", "and nothing more comes"])
async def test_what_the_server_forgot_is_read_again_and_no_replay_is_asked_for(
    spine: Spine, admin: asyncpg.Connection, later: int
) -> None:
    await spine.announce()
    async with spine.relaying(), spine.reading():
        await spine.commit(20)
        await spine.all_reported()
        before = await spine.checkpoint()
        await admin.execute(FORGOTTEN.format(position=before.position - 7))
        await spine.commit(later)

        await spine.all_reported()
        await asyncio.sleep(3 * BEAT_SECONDS)
        after = await spine.checkpoint()
    assert (after.epoch, after.position) == (before.epoch, before.position + later)


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


ASKED = """
    CREATE SCHEMA asked;
    CREATE TABLE asked.commit (of text, waits text);
    CREATE FUNCTION asked.ask() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        INSERT INTO asked.commit VALUES (TG_ARGV[0], current_setting('synchronous_commit'));
        RETURN NULL;
    END $$;
    CREATE TRIGGER asked AFTER INSERT ON event_log FOR EACH ROW EXECUTE FUNCTION asked.ask('fact');
    CREATE TRIGGER asked AFTER UPDATE ON checkpoint FOR EACH ROW WHEN (new.state = 'left' AND old.state <> 'left')
        EXECUTE FUNCTION asked.ask('left');
    CREATE TRIGGER asked AFTER UPDATE ON audit_head_heard FOR EACH ROW WHEN (new.contradiction IS NOT NULL)
        EXECUTE FUNCTION asked.ask('contradiction');
"""
"""Each commit tells whether it waits for the disk, whoever sent it and however."""


async def test_only_the_commit_of_what_is_read_again_does_not_wait_for_the_disk(
    spine: Spine, admin: asyncpg.Connection
) -> None:
    await admin.execute(ASKED)
    try:
        await spine.announce()
        async with spine.relaying(), spine.reading():
            await spine.commit(1)
            await spine.all_reported()
            await admin.execute(
                "INSERT INTO audit_head_heard (stream, history, number, hash) VALUES ($1, 0, 6, 'of what is no more')",
                spine.stream.key,
            )

            async def has_told(of: str) -> bool:
                return await admin.fetchval("SELECT count(*) FROM asked.commit WHERE of = $1", of) > 0

            await until(lambda: has_told("contradiction"))
            async with spine.operator() as redis:
                await announce(redis, TeamLeft(team=spine.team, services=("referral",)))
            await until(lambda: has_told("left"))
        told = {tuple(row) for row in await admin.fetch("SELECT of, waits FROM asked.commit")}
    finally:
        await admin.execute("DROP SCHEMA asked CASCADE")
    assert told == {("fact", "off"), ("left", "on"), ("contradiction", "on")}
