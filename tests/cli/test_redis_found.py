"""What the doctor says of Redis itself."""

import pytest

from shared.cli.redis_found import redis_findings
from shared.streams.connection import connect
from shared.tenancy.admin import AdminUrls
from shared.tenancy.redis_door import ask


@pytest.mark.parametrize(("most", "says"), [("1", "its memory is full"), ("0", "")], ids=["full", "without a bound"])
async def test_a_redis_whose_memory_is_full_is_named_while_it_is(servers: AdminUrls, most: str, says: str) -> None:
    async with connect(servers.redis) as redis:
        await ask(redis, "CONFIG", "SET", "maxmemory", most)
        try:
            found = [one async for one in redis_findings(servers)]
        finally:
            await ask(redis, "CONFIG", "SET", "maxmemory", "0")

    unwell = {one.check: one.detail for one in found if not one.well}
    assert unwell == ({"Redis has room": says} if says else {})
