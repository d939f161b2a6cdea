"""What the relay has not sent, and a reader has not taken in, is among the figures: how much, and how old."""

import asyncpg
import pytest
from prometheus_client import REGISTRY

from shared.contracts.platform import TeamLeft, TeamSuspended
from shared.contracts.streams import Audience
from shared.inbox.unread import unread
from shared.kernel.postgres import connected
from shared.relay.unsent import unsent
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.registry import announce
from tests.guarantees.spine import Spine, until


def figure(name: str, **labels: str) -> float | None:
    return REGISTRY.get_sample_value(f"pairs_{name}", labels)


@pytest.fixture(autouse=True)
def nothing_measured_before() -> None:
    for measure in (unsent("", {}), unread(None)):  # type: ignore[arg-type]
        for gauge in measure.gauges:
            gauge.clear()


async def test_events_that_are_not_sent_are_counted_with_the_age_of_the_oldest(
    spine: Spine, servers: AdminUrls
) -> None:
    await spine.commit(7)
    database = database_name(spine.team, "referral")
    async with connected(url_of(servers.postgres, database=database)) as admin:
        await admin.execute("UPDATE outbox SET occurred_at = occurred_at - interval '5 minutes'")
    await spine.commit(3)
    await unsent(spine.team_database, {}).take()

    for audience in (Audience.TEAM, Audience.REGION):
        assert figure("relay_unsent_events", audience=audience) == 10
        assert 300 <= (figure("relay_oldest_unsent_seconds", audience=audience) or 0) < 600


async def test_when_all_is_sent_nothing_waits(spine: Spine) -> None:
    await spine.commit(7)
    async with spine.relaying() as relay:

        async def all_sent() -> bool:
            await unsent(spine.team_database, relay.sent).take()
            return figure("relay_unsent_events", audience="region") == 0

        await until(all_sent)
        assert figure("relay_unsent_events", audience="team") == 0
        assert figure("relay_oldest_unsent_seconds", audience="region") == 0


async def test_events_that_redis_did_not_take_are_counted_too(spine: Spine) -> None:
    await spine.commit(7)
    await unsent(spine.team_database, {Audience.TEAM: 0, Audience.REGION: 0}).take()

    assert figure("relay_unsent_events", audience="region") == 7


async def test_how_far_a_reader_is_behind_and_what_it_set_aside(spine: Spine) -> None:
    stream = spine.stream.key
    await spine.announce()
    async with spine.relaying(), spine.reading():
        await spine.commit(5)
        await spine.all_reported()
    async with connected(spine.reader_database) as connection:
        await connection.execute("UPDATE checkpoint SET head_position = 8, state = 'parked'")
        await connection.execute(
            "INSERT INTO dead_letter (stream, epoch, position, reason, detail, raw, failed_at) "
            "VALUES ($1, 1, 6, 'unknown_event', '', '{}', now())",
            stream,
        )

    async with asyncpg.create_pool(spine.reader_database, min_size=1, max_size=1) as pool:
        await unread(pool).take()

    assert figure("reader_behind_events", stream=stream) == 3
    assert figure("reader_streams", state="parked") == 1
    assert figure("dead_letters", stream=stream) == 1
    assert 0 <= (figure("reader_heard_seconds", stream=stream) or 0) < 120


async def test_a_team_that_was_suspended_or_has_left_is_no_alarm(spine: Spine) -> None:
    stream, services = spine.stream.key, ("referral",)
    await spine.announce()
    async with spine.reading() as reader, spine.operator() as redis:

        async def is_awaited() -> bool:
            return stream in reader.awaited()

        async def is_not_awaited() -> bool:
            return stream not in reader.awaited()

        await until(is_awaited)
        await announce(redis, TeamSuspended(team=spine.team, services=services))
        await until(is_not_awaited)
        await spine.announce()
        await until(is_awaited)
        await announce(redis, TeamLeft(team=spine.team, services=services))
        await until(is_not_awaited)
        async with asyncpg.create_pool(spine.reader_database, min_size=1, max_size=1) as pool:
            await unread(pool, reader.awaited).take()

    assert figure("reader_heard_seconds", stream=stream) is None
