"""Every two seconds: what stream subscriptions told is put on `pairs:region:indicators`, in order and without a hole.

The table is the truth: whatever lies behind the last entry that Redis took is added, so a Redis that lost everything
has all of it again. An entry's id is its epoch and position, and Redis takes each once. Where Redis has an entry that
the table has not, the database was restored to the past: all of it is put there again, in the next epoch.
"""

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.subscription.database.deliveries import Deliveries, Delivery
from services.reporting.subscription.domain.digest import TYPE
from shared.contracts.streams import INDICATORS, EntryId
from shared.kernel.actor import system
from shared.streams.connection import connect
from shared.streams.top import top_entry
from shared.unit_of_work import UnitOfWork

AT_ONCE = 50
KEPT = 10_000
"""Entries on the stream, about; the earlier ones are asked of the API."""


async def put_on_stream(units: ReportingUnits) -> int:
    """Give how many were added; two processes that do so at once add each once.

    Raises:
        redis.exceptions.RedisError: Redis did not take one; none behind it was put there.
    """
    if not units.office.redis_url:
        return 0
    async with units.begin(system()) as work:
        if not await Deliveries(work).on_stream_after(0, 1):
            return 0
    async with connect(units.office.redis_url) as redis:
        async with units.begin(system()) as work:
            epoch, waiting = await _waiting(redis, work)
        return sum([await _add(redis, epoch, one) for one in waiting])


async def _waiting(redis: Redis, work: UnitOfWork) -> tuple[int, list[Delivery]]:
    """The epoch, and what Redis has not of it."""
    deliveries = Deliveries(work)
    epoch = await deliveries.lock_epoch()
    top = await top_entry(redis, INDICATORS)
    if top.id.epoch < epoch:  # it lost everything, or nothing of this epoch was put there yet
        return epoch, await deliveries.on_stream_after(0, AT_ONCE)
    if await deliveries.is_at(top.id.position, top.subject):
        now, after = top.id.epoch, top.id.position
    else:
        now, after = top.id.epoch + 1, 0
    if now != epoch:
        await deliveries.keep_epoch(now)
    return now, await deliveries.on_stream_after(after, AT_ONCE)


async def _add(redis: Redis, epoch: int, one: Delivery) -> bool:
    """False: another process was quicker, and Redis has it."""
    entry = {
        "id": str(one.id),
        "type": TYPE,
        "subject": str(one.subscription),
        "time": one.made_at.isoformat(),
        "data": one.body,
    }
    try:
        await redis.xadd(INDICATORS, entry, id=str(EntryId(epoch, one.position or 0)), maxlen=KEPT)  # pyright: ignore[reportArgumentType]
    except ResponseError as refused:
        if "equal or smaller" not in str(refused):
            raise
        return False
    return True
