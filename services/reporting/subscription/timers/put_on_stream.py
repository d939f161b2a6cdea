"""Every two seconds: what stream subscriptions told is put on `pairs:region:indicators`, in order and without a hole.

The table is the truth: whatever lies behind the last entry that Redis took is added, so a Redis that lost everything
has all of it again. An entry's id is its position, and Redis takes each once.
"""

import contextlib

from redis.exceptions import ResponseError

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.domain.digest import TYPE
from shared.contracts.streams import INDICATORS
from shared.kernel.actor import system
from shared.streams.connection import connect
from shared.streams.top import top_of_key

AT_ONCE = 50
KEPT = 10_000
"""Entries on the stream, about; the earlier ones are asked of the API."""
EPOCH = 1


async def put_on_stream(units: ReportingUnits) -> int:
    """Give how many were added; two processes that do so at once add each once."""
    if not units.office.redis_url:
        return 0
    async with units.begin(system()) as work:
        if not await Deliveries(work).on_stream_after(0, 1):
            return 0
    async with connect(units.office.redis_url) as redis:
        top = await top_of_key(redis, INDICATORS)
        async with units.begin(system()) as work:
            waiting = await Deliveries(work).on_stream_after(top.position, AT_ONCE)
        for one in waiting:
            entry = {
                "id": str(one.id),
                "type": TYPE,
                "subject": str(one.subscription),
                "time": one.made_at.isoformat(),
                "data": one.body,
            }
            with contextlib.suppress(ResponseError):  # another process was quicker, and Redis has it
                await redis.xadd(INDICATORS, entry, id=f"{EPOCH}-{one.position}", maxlen=KEPT)  # pyright: ignore[reportArgumentType]
    return len(waiting)
