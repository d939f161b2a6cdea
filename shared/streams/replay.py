"""Requests of readers that miss entries.

A request names a stream, the epoch that it was made in and the first position that is missing. A request of an epoch
that is over was answered, or no longer matters, so requests can be read again and again from the first.
"""

from typing import NamedTuple

from redis.asyncio import Redis

from shared.contracts.streams import REPLAY, EntryId
from shared.streams.connection import read_streams


class ReplayRequest(NamedTuple):
    key: str
    entry: EntryId
    """The first one that is missing, in the epoch of the request."""


class ReplayRequests:
    """The requests that came in since they were last asked for."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._read_up_to = "0-0"

    async def new(self) -> list[ReplayRequest]:
        requests: list[ReplayRequest] = []
        for _, entries in await read_streams(self._redis, {REPLAY: self._read_up_to}):
            for entry_id, fields in entries:
                self._read_up_to = entry_id.decode()
                try:
                    request = ReplayRequest(fields[b"stream"].decode(), EntryId.parse(fields[b"from"].decode()))
                except (KeyError, ValueError):
                    continue
                if request.entry.is_possible:
                    requests.append(request)
        return requests


async def ask_for_replay(redis: Redis, key: str, first_missing: EntryId) -> None:
    """Ask the stream's relay to publish again from an entry on. Written by readers."""
    await redis.execute_command("XADD", REPLAY, "MAXLEN", "~", "1000", "*", "stream", key, "from", str(first_missing))
