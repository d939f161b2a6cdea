"""Begin a new history, after a service's database was restored to the past.

What was published since then is gone from the outbox, and its positions will be given again. So everything is
published again from position 1, under an epoch that no reader can have seen: readers take back what they have, and then
have what the outbox has. The operator runs this after every restore, also when the relay found nothing amiss: a Redis
that was lost too does not show it.
"""

from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis

from shared.contracts.restart import EpochStarted
from shared.contracts.streams import EPOCHS_OF_A_HISTORY, Audience, EntryId, Stream
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.postgres import Connection
from shared.kernel.traceparent import new_traceparent
from shared.relay.positions import State
from shared.streams.top import top_of

_ANNOUNCE = """
    INSERT INTO outbox (
        audience, event_id, aggregate_id, aggregate_version, subject, type, body, occurred_at, traceparent
    ) VALUES ($1, $2, $3, 1, $3, $4, $5, $6, $7)
"""


async def team_restored(connection: Connection, redis: Redis, team: str, service: str, *, clock: Clock) -> None:
    """Publish the outbox as a new history, and say so to both audiences.

    Args:
        connection: to the service's database, as its own role. The relay may be running.
        redis: as the service's own user, or an operator.
    """
    async with connection.transaction():
        rows = await connection.fetch("SELECT * FROM relay_state ORDER BY audience FOR UPDATE")
        for row in rows:
            audience = Audience(row["audience"])
            state = State(row["epoch"], row["first_position"], row["last_position"])
            renewed = after_restore(state, await top_of(redis, Stream(team, service, audience)), clock())
            await connection.execute(
                "UPDATE relay_state SET epoch = $2, first_position = $3 WHERE audience = $1",
                audience.value,
                renewed.epoch,
                renewed.first_position,
            )
            await _announce(connection, audience, clock())


def after_restore(state: State, top: EntryId, now: datetime) -> State:
    """The first epoch of a new history. Pure.

    A reader may know a later one than the database and Redis, when both were lost after an earlier restore: so it
    also has a number that is not smaller than the minutes since 2026 began. (There is room for forty years.)
    """
    minutes = (now - datetime(2026, 1, 1, tzinfo=UTC)) // timedelta(minutes=1)
    history = max(state.head.history + 1, top.history + 1, minutes)
    return state._replace(epoch=history * EPOCHS_OF_A_HISTORY, first_position=1)


async def _announce(connection: Connection, audience: Audience, at: datetime) -> None:
    """An outbox that has nothing else yet still tells its readers to begin again."""
    event = EpochStarted()
    await connection.execute(
        _ANNOUNCE, audience.value, new_id(), new_id(), event.type, event.model_dump_json(), at, new_traceparent()
    )
