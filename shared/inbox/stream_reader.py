"""Read one stream, from the checkpoint on, with FastStream and without a consumer group.

FastStream advances in memory when a handler returns or raises, so this handler never raises and never passes over an
entry: it reads it and hands it on, so that Redis is read while PostgreSQL commits. Whoever stores them waits out
transient trouble in place; whatever else happens, the subscriber is stopped and started again at the checkpoint in the
database, which is the only place that counts, and what was read ahead is forgotten.
"""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import structlog
from faststream.redis import RedisBroker, StreamSub
from redis.asyncio import Redis

from shared.contracts.streams import EntryId, Stream
from shared.database.trouble import cause_of, ends_by_itself
from shared.inbox.ahead import Ahead
from shared.inbox.entry import Entry, Read
from shared.inbox.receive import Inbox, lock_checkpoint
from shared.inbox.sorting import Stop
from shared.kernel.cancel import cancel
from shared.kernel.pulse import LONG_SECONDS, Pulse
from shared.streams.replay import ask_for_replay

POLL_MILLISECONDS = 1000
RESTART_SECONDS = 1.0
ASK_AGAIN_SECONDS = 10.0
STOP_SECONDS = 5.0

log = structlog.get_logger()


class StreamReader:
    """Reads one stream into an inbox until it is stopped.

    Args:
        broker: connected, and with room for one more connection.
        redis: for asking a relay for what is missing.
        inbox: where entries go.
    """

    def __init__(self, broker: RedisBroker, redis: Redis, inbox: Inbox, stream: Stream) -> None:
        self.stream = stream
        self._redis = redis
        self._broker = broker
        self._inbox = inbox
        self._subscriber: Any = None
        self._ahead = Ahead(inbox.sink.at_once)
        self._storing: asyncio.Task[None] | None = None
        self._restart: asyncio.Task[None] | None = None
        self._ask_again_at = 0.0
        self._looked_again_after: EntryId | None = None
        """Behind this entry something was missing. It may be the database that forgot how far it was read
        (`COUNTED_AGAIN`), so the stream is first read again from there."""
        self.is_parked = False
        self.starts = 0
        """How many times it has subscribed."""
        self.pulse = Pulse(stream.key, still_seconds=LONG_SECONDS)
        """Rests while the subscriber waits for entries: that it has missed some is seen by the heartbeats."""

    @property
    def is_running(self) -> bool:
        """False while the subscriber is down, for whatever reason; True for a parked stream, which waits."""
        if self.is_parked:
            return True
        is_storing = self._storing is not None and not self._storing.done()
        return is_storing and self._subscriber is not None and self._subscriber.running

    @property
    def waits(self) -> bool:
        """Whether it has stored all that it was given and waits for the next entry: a slow one does not, and neither
        does one that is parked, is down or is starting again.
        """
        return self.is_running and not self.is_parked and not self._is_restarting and self._ahead.is_stored

    async def start(self) -> None:
        """Subscribe at the checkpoint in the database, or at the beginning."""
        async with self._inbox.pool.acquire() as connection, connection.transaction():
            checkpoint = await lock_checkpoint(connection, self.stream)
        # FastStream asks again without a pause for what this service may not read: so it is asked once, before.
        await self._redis.xread({self.stream.key: str(checkpoint)}, count=1)
        self._subscriber = self._broker.subscriber(
            stream=StreamSub(
                self.stream.key,
                batch=True,
                max_records=self._inbox.sink.at_once,
                last_id=str(checkpoint),
                polling_interval=POLL_MILLISECONDS,
            ),
            parser=_keep_raw,
            decoder=_give_raw,
            persistent=False,
        )
        self._subscriber(self._handle)
        self.starts += 1
        self._ahead = Ahead(self._inbox.sink.at_once)
        self._storing = asyncio.create_task(self._store(self._ahead), name=f"storing {self.stream.key}")
        await self._subscriber.start()

    async def stop(self) -> None:
        if self._restart:
            await cancel([self._restart])
        await self._unsubscribe()

    async def _unsubscribe(self) -> None:
        """What is being stored may be stored to its end; what was read further is read again from the checkpoint."""
        self._ahead.close()
        if self._storing is not None:
            storing, self._storing = self._storing, None
            await asyncio.wait([storing], timeout=STOP_SECONDS)
            await cancel([storing])
        if self._subscriber is not None:
            subscriber, self._subscriber = self._subscriber, None
            reading = list(subscriber.tasks)
            await subscriber.stop()
            await cancel(reading)

    async def _handle(self, entries: list[Entry]) -> None:
        try:
            await self._ahead.add(self._inbox.read(self.stream, entries))
        except Exception:
            log.exception("reader_restarts", stream=self.stream.key)
            self.restart()

    async def _store(self, ahead: Ahead) -> None:
        """Store what was read, in its order, until something of it stops the stream."""
        while entries := await ahead.take():
            try:
                await self._store_when_possible(entries)
            finally:
                self.pulse.rest()

    async def _store_when_possible(self, entries: Sequence[Read]) -> None:
        wait = 0.1
        while True:
            self.pulse.beat()
            try:
                return await self._take_in(entries)
            except Exception as error:
                if not ends_by_itself(error):
                    log.exception("reader_restarts", stream=self.stream.key)
                    return self.restart()
                log.warning("reader_waits", stream=self.stream.key, trouble=cause_of(error))
                await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 - spreads load, keeps no secret
                wait = min(wait * 2, 5.0)

    async def _take_in(self, entries: Sequence[Read]) -> None:
        result = await self._inbox.take_in(self.stream, entries)
        for letter in result.set_aside:
            log.error("entry_set_aside", stream=self.stream.key, entry=str(letter.id), reason=letter.reason.value)
        if result.stop is Stop.PARKED:
            self.is_parked = True
            self._ahead.close()
            await self._note("parked")
            log.error("stream_parked", stream=self.stream.key, entry=str(result.rest[0].entry.id))
        elif result.beyond_gap:
            await self.miss(result.up_to, result.beyond_gap.epoch)

    async def miss(self, up_to: EntryId, epoch: int) -> None:
        """Something is missing behind an entry: read again from there, and ask for it the next time.

        It will come under a newer epoch than this one, behind what lies beyond the gap.
        """
        if self._looked_again_after != up_to:
            self._looked_again_after = up_to
            self.restart()
            return
        now = asyncio.get_running_loop().time()
        if self._is_restarting or now < self._ask_again_at:
            return
        self._ask_again_at = now + ASK_AGAIN_SECONDS
        first_missing = up_to.next_in(epoch)
        log.warning("entries_missing", stream=self.stream.key, first=str(first_missing))
        await self._note("gap")
        await ask_for_replay(self._redis, self.stream, first_missing)

    @property
    def _is_restarting(self) -> bool:
        return self._restart is not None and not self._restart.done()

    def restart(self) -> None:
        """Stop the subscriber and start it again at the checkpoint, from outside of its own handler."""
        if not self._is_restarting:
            self._ahead.close()
            self._restart = asyncio.create_task(self._start_again())

    async def _start_again(self) -> None:
        while True:
            await asyncio.sleep(RESTART_SECONDS)
            self.pulse.beat()
            try:
                await self._unsubscribe()
                return await self.start()
            except Exception:
                log.exception("reader_cannot_start", stream=self.stream.key)
            finally:
                self.pulse.rest()

    async def _note(self, state: str) -> None:
        await self._inbox.pool.execute(
            "UPDATE checkpoint SET state = $2, state_since = now() "
            "WHERE stream = $1 AND state NOT IN ($2, 'diverged', 'left')",
            self.stream.key,
            state,
        )


_NOTHING = [{b"data": b"{}"}]


async def _keep_raw(message: Any, original: Any) -> Any:
    """FastStream's own parser knows another format; it is given an empty entry, and ours are put in its place."""
    parsed = await original({**message, "data": _NOTHING})
    parsed.body = [
        Entry(EntryId.parse(identifier.decode()), fields)
        for identifier, fields in zip(message["message_ids"], message["data"], strict=True)
    ]
    return parsed


async def _give_raw(message: Any, original: Any) -> list[Entry]:  # noqa: ARG001
    return message.body
