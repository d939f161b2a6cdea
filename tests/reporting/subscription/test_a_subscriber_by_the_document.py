"""A program of somebody else follows the stream by docs/events.md alone: its text is taken from there and run."""

import asyncio
import json
import os
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import redis
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.facts.domain.region_office import RegionOffice
from services.reporting.subscription.domain.subscription import Channel, Condition
from services.reporting.subscription.timers.put_on_stream import put_on_stream
from shared.contracts.streams import INDICATORS
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.provisioning import operator, provision_reader
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.events import Feed
from tests.reporting.subscription.a_subscriber import LOW, ASubscriber

DOCUMENT = (Path(__file__).parents[3] / "docs" / "events.md").read_text(encoding="utf-8")
[TEXT] = re.findall(r"```python\n(.*?)```", DOCUMENT, flags=re.DOTALL)
Follow = Callable[[Any, sqlite3.Connection, Callable[[sqlite3.Connection, Any], None]], int]


@pytest.fixture
async def maya(
    engine: AsyncEngine, feed: Feed, access: ServiceAccess, servers: AdminUrls
) -> AsyncIterator[ASubscriber]:
    one = ASubscriber(engine, feed, RegionOffice("https://region.example", redis_url=access.redis_url))
    await one.begins()
    async with operator(servers) as server:
        await server.delete(INDICATORS)
        yield one
        await server.delete(INDICATORS)


class Follower:
    """Somebody who has the address, the document, a file of their own, and no code of ours."""

    def __init__(self, url: str) -> None:
        assert "services" not in TEXT
        assert "shared" not in TEXT
        known: dict[str, Any] = {}
        exec(compile(TEXT, "docs/events.md", "exec"), known)
        self._follow: Follow = known["follow"]
        self._stream = redis.Redis.from_url(url, decode_responses=True)
        self._kept = sqlite3.connect(":memory:")
        self._kept.execute("CREATE TABLE told (month TEXT)")
        self.breaks = 0

    def follows(self) -> None:
        """Until there is nothing new; begun again wherever it broke off."""
        while True:
            try:
                if not self._follow(self._stream, self._kept, self._take):
                    return
            except BrokenPipeError:
                continue

    @property
    def told(self) -> list[str]:
        return [month for (month,) in self._kept.execute("SELECT month FROM told ORDER BY rowid")]

    def _take(self, kept: sqlite3.Connection, body: Any) -> None:
        kept.execute("INSERT INTO told VALUES (?)", [body["data"]["month"]])
        if self.breaks:
            self.breaks -= 1
            raise BrokenPipeError


@pytest.fixture
async def follower(servers: AdminUrls, tmp_path: Path) -> Follower:
    return Follower(await provision_reader(servers, SecretFolder(tmp_path)))


async def tells(maya: ASubscriber, months: int) -> None:
    for _ in range(months):
        await maya.freezes(preston=LOW)
        await maya.looks()
        while await put_on_stream(maya.units):
            pass


async def test_it_has_each_once_and_in_order_wherever_it_breaks_off_and_whatever_redis_loses(
    maya: ASubscriber, follower: Follower, servers: AdminUrls
) -> None:
    await maya.subscribes(Condition.MONTH_END, Channel.STREAM)
    await tells(maya, 2)
    follower.breaks = 3
    follower.follows()
    before = follower.told
    async with operator(servers) as server:
        await server.delete(INDICATORS)
    await tells(maya, 2)
    follower.follows()

    assert before == ["2026-03", "2026-04"]
    assert follower.told == ["2026-03", "2026-04", "2026-05", "2026-06"]


MODULES = os.environ.get("PAIRS_NODE_MODULES", "")


@pytest.mark.skipif(not MODULES, reason="PAIRS_NODE_MODULES names no folder with the package redis: Node was not run")
async def test_in_node_it_has_each_once_also_when_it_is_killed(
    maya: ASubscriber, servers: AdminUrls, tmp_path: Path
) -> None:
    [text] = re.findall(r"```js\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    (tmp_path / "follow.mjs").write_text(text)
    (tmp_path / "node_modules").symlink_to(MODULES)
    url = await provision_reader(servers, SecretFolder(tmp_path / "secrets"))
    await maya.subscribes(Condition.MONTH_END, Channel.STREAM)
    found: list[list[str]] = []
    for months in (2, 2, 1):
        await tells(maya, months)
        node = await asyncio.create_subprocess_exec(
            "node", "follow.mjs", cwd=tmp_path, env={"PATH": os.environ["PATH"], "INDICATORS_URL": url}
        )
        found.append(await months_in(tmp_path / "indicators.json", sum(map(len, found[-1:])) + months))
        node.kill()
        await node.wait()

    assert found[-1] == ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07"]


def taken_in(file: Path) -> list[str]:
    kept = json.loads(file.read_text()) if file.exists() else {"taken": {}}
    return [body["data"]["month"] for body in kept["taken"].values()]


async def months_in(file: Path, number: int) -> list[str]:
    """Those that a program has taken, once there are so many."""
    async with asyncio.timeout(30):
        while True:
            if len(months := taken_in(file)) >= number:
                return months
            await asyncio.sleep(0.05)
