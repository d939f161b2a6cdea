"""A program follows the region's stream of indicators, by a user that can do nothing else."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import NoPermissionError, OutOfMemoryError
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.facts.domain.region_office import RegionOffice
from services.reporting.subscription.database.subscription_tables import delivery
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.timers.put_on_stream import put_on_stream
from shared.contracts.streams import INDICATORS
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.provisioning import operator, provision_reader
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.events import Feed
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber


@pytest.fixture
async def maya(
    engine: AsyncEngine, feed: Feed, access: ServiceAccess, servers: AdminUrls
) -> AsyncIterator[ASubscriber]:
    one = ASubscriber(engine, feed, RegionOffice("https://region.example", redis_url=access.redis_url))
    await one.begins()
    async with operator(servers) as redis:
        await redis.delete(INDICATORS)
        yield one
        await redis.delete(INDICATORS)


@pytest.fixture
async def reader(servers: AdminUrls, tmp_path: Any) -> AsyncIterator[Redis]:
    """Somebody who has the address, and docs/events.md."""
    url = await provision_reader(servers, SecretFolder(tmp_path))
    redis: Redis = Redis.from_url(url)
    async with redis:
        yield redis


async def follows(redis: Redis, last: str = "0") -> tuple[str, list[tuple[str, Any]]]:
    """As docs/events.md says: read behind the last id, keep the ids, read the JSON of `data`."""
    found: Any = await redis.xread({INDICATORS: last}, count=100)
    entries = found[0][1] if found else []
    told = [(fields[b"id"].decode(), json.loads(fields[b"data"])) for _, fields in entries]
    return (entries[-1][0].decode() if entries else last), told


async def puts(maya: ASubscriber) -> None:
    while await put_on_stream(maya.units):
        pass


async def test_a_reader_sees_each_delivery_once_and_in_order(maya: ASubscriber, reader: Redis) -> None:
    await maya.subscribes(Condition.MONTH_END, Channel.STREAM)
    last, months = "0", list[str]()
    for preston in (LOW, 50, LOW):
        await maya.freezes(preston=preston)
        await maya.looks()
        await puts(maya)
        await puts(maya)
        last, told = await follows(reader, last)
        months += [body["data"]["month"] for _, body in told]

    assert months == ["2026-03", "2026-04", "2026-05"]
    assert last == "1-3"


async def test_a_redis_that_lost_everything_has_it_again_with_the_same_ids(
    maya: ASubscriber, reader: Redis, servers: AdminUrls
) -> None:
    await maya.subscribes(Condition.MONTH_END, Channel.STREAM)
    for _ in range(3):
        await maya.freezes()
        await maya.looks()
    await puts(maya)
    before = await follows(reader)

    async with operator(servers) as redis:
        await redis.delete(INDICATORS)
    await puts(maya)

    assert await follows(reader) == before
    assert [row.position for row in await maya.rows(delivery)] == [1, 2, 3]


async def test_only_stream_subscriptions_are_on_it(maya: ASubscriber, reader: Redis) -> None:
    for channel in Channel:
        await maya.subscribes(Condition.MONTH_END, channel)
    await maya.freezes()
    await maya.looks()
    await puts(maya)

    _, told = await follows(reader)

    assert len(told) == 1


async def test_what_redis_refuses_is_put_there_later_and_nothing_before_it(
    maya: ASubscriber, reader: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    await maya.subscribes(Condition.MONTH_END, Channel.STREAM)
    for _ in range(3):
        await maya.freezes()
        await maya.looks()
    added, put = list[str](), Redis.xadd

    async def is_full_once(redis: Redis, name: str, fields: Any, id: str, **kept: Any) -> Any:  # noqa: A002 - Redis's own
        added.append(id)
        if len(added) == 2:
            raise OutOfMemoryError("command not allowed when used memory > 'maxmemory'.")
        return await put(redis, name, fields, id=id, **kept)

    monkeypatch.setattr(Redis, "xadd", is_full_once)

    with pytest.raises(OutOfMemoryError):
        await put_on_stream(maya.units)
    assert [await put_on_stream(maya.units), await put_on_stream(maya.units)] == [2, 0]
    assert added == ["1-1", "1-2", "1-2", "1-3"]
    assert len((await follows(reader))[1]) == 3


async def test_after_the_database_was_restored_to_the_past_all_is_told_in_a_new_epoch(
    maya: ASubscriber, reader: Redis, servers: AdminUrls
) -> None:
    await maya.subscribes(Condition.MONTH_END, Channel.STREAM)
    for _ in range(3):
        await maya.freezes()
        await maya.looks()
    await puts(maya)
    last, [first, *_] = await follows(reader)
    async with maya.engine.begin() as connection:  # as the database was when one of them had been told
        await connection.execute(update(delivery).where(delivery.c.position > 1).values(position=None))
    for _ in range(2):
        await maya.freezes()
        await maya.looks()

    await puts(maya)
    last, told = await follows(reader, last)

    assert [one for one, _ in told] == [str(row.id) for row in await maya.rows(delivery) if row.position]
    assert (last, told[0]) == ("2-3", first)

    async with operator(servers) as redis:
        await redis.delete(INDICATORS)
    await puts(maya)
    assert (await follows(reader))[0] == "2-3"


@pytest.mark.usefixtures("maya")
async def test_its_user_reads_and_can_do_nothing_else(reader: Redis) -> None:
    await reader.xread({INDICATORS: "0"})
    for forbidden in (
        reader.xadd(INDICATORS, {"a": "b"}),
        reader.delete(INDICATORS),
        reader.xread({"pairs:registry": "0"}),
        reader.xread({"pairs:{preston}:referral:region": "0"}),
        reader.keys("*"),
        reader.execute_command("ACL", "LIST"),
    ):
        with pytest.raises(NoPermissionError):
            await forbidden
