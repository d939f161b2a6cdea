"""Keep where each team's audit trail ended, and find one that was cut off, written anew or wiped.

Who may write to every table of a team's database can make its trail hold again after having changed it. What was heard
of it here is out of their reach: the newest head, and the last of each day for as long as the region keeps anything. A
head that contradicts what was heard stays on the data quality page, and in what `pairs doctor` says, until the operator
says that the team's database was restored (`pairs team restored`): that begins a new history, which the page says too.

A relay whose message was held up can tell an older head than one that was heard. So that a head went back counts only
when the next heartbeat does not put it right.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

import asyncpg
import structlog

from shared.contracts.audit_head import AuditHead, TrailTold
from shared.contracts.streams import Stream
from shared.kernel.postgres import Connection
from shared.streams.heartbeat import Heartbeat

log = structlog.get_logger()


class Comparison(StrEnum):
    """What a heartbeat says of the head that was kept."""

    HOLDS = "holds"
    """The entry is there, and is what it was."""
    NOT_TOLD = "not_told"
    """The trail is longer now, and the heartbeat does not say what is at that number: one was missed."""
    WENT_BACK = "went_back"
    CHANGED = "changed"
    VANISHED = "vanished"
    """Nothing is said of the trail any more."""


def compare(kept: AuditHead, told: TrailTold | None) -> Comparison:
    """Compare what was heard before with what is heard now. Pure."""
    if told is None:
        return Comparison.VANISHED
    if told.head.number < kept.number:
        return Comparison.WENT_BACK
    for now in told:
        if now is not None and now.number == kept.number:
            return Comparison.HOLDS if now.hash == kept.hash else Comparison.CHANGED
    return Comparison.NOT_TOLD


class Kept(NamedTuple):
    """The newest that is known of one trail."""

    history: int
    head: AuditHead
    is_contradicted: bool


class AuditHeads:
    """What a reader keeps of the trails of those whom it reads."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._beats: dict[Stream, str] = {}
        self._doubted: set[Stream] = set()

    async def learn(self, heard: Mapping[Stream, Heartbeat]) -> None:
        """Keep what is new, and note what contradicts what was kept."""
        new = {stream: one for stream, one in heard.items() if self._beats.get(stream) != one.beat}
        if not new:
            return
        async with self._pool.acquire() as connection:
            kept = await _newest(connection)
            for stream, heartbeat in new.items():
                await self._learn(connection, stream, kept.get(stream.key), heartbeat)
                self._beats[stream] = heartbeat.beat

    async def _learn(self, connection: Connection, stream: Stream, kept: Kept | None, heartbeat: Heartbeat) -> None:
        told, history = heartbeat.trail, heartbeat.head.history
        if kept is None or history > kept.history:
            self._doubted.discard(stream)
            if told:
                await connection.execute(_KEEP, stream.key, history, *told.head)
            return
        if kept.is_contradicted:
            return
        comparison = compare(kept.head, told)
        is_doubted = stream in self._doubted
        if comparison is Comparison.WENT_BACK and not is_doubted:
            self._doubted.add(stream)
        elif told and comparison is Comparison.HOLDS:
            self._doubted.discard(stream)
            if told.head != kept.head:
                await _move(connection, stream, kept, told.head)
        elif told and comparison is Comparison.NOT_TOLD and not is_doubted:
            await connection.execute(_KEEP, stream.key, kept.history, *told.head)
        else:
            await _contradict(connection, stream, kept, Comparison.WENT_BACK if is_doubted else comparison)


async def _newest(connection: Connection) -> dict[str, Kept]:
    rows = await connection.fetch(_NEWEST)
    return {
        row["stream"]: Kept(row["history"], AuditHead(row["number"], row["hash"]), row["contradiction"] is not None)
        for row in rows
    }


async def _move(connection: Connection, stream: Stream, kept: Kept, head: AuditHead) -> None:
    """The new head takes the place of an older one of the same day."""
    moved = await connection.execute(_MOVE, stream.key, kept.history, kept.head.number, *head)
    if moved == "UPDATE 0":
        await connection.execute(_KEEP, stream.key, kept.history, *head)


async def _contradict(connection: Connection, stream: Stream, kept: Kept, comparison: Comparison) -> None:
    log.error("audit_trail_contradicted", stream=stream.key, comparison=comparison.value, entry=kept.head.number)
    await connection.execute(_CONTRADICT, stream.key, kept.history, kept.head.number, comparison.value)
    await connection.execute("SELECT pg_notify('facts', '')")


_NEWEST = """
SELECT DISTINCT ON (stream) stream, history, number, hash, contradiction
FROM audit_head_heard ORDER BY stream, history DESC, number DESC
"""
_KEEP = """
INSERT INTO audit_head_heard (stream, history, number, hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""
_MOVE = """
UPDATE audit_head_heard SET number = $4, hash = $5, heard_at = now()
WHERE stream = $1 AND history = $2 AND number = $3 AND heard_at >= date_trunc('day', now())
"""
_CONTRADICT = """
UPDATE audit_head_heard SET contradiction = $4, contradicted_at = now()
WHERE stream = $1 AND history = $2 AND number = $3
"""
