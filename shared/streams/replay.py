"""Requests of readers that miss entries.

A stream's readers ask on a key of its own. A request names the epoch that it was made in and the first position that
is missing. A request of an epoch that is over was answered, or no longer matters, so requests can be read again and
again from the first.
"""

from collections.abc import Sequence
from typing import NamedTuple

from redis.asyncio import Redis

from shared.contracts.streams import EntryId, Stream
from shared.streams.connection import read_streams


class ReplayRequest(NamedTuple):
    stream: Stream
    entry: EntryId
    """The first one that is missing, in the epoch of the request."""


class ReplayRequests:
    """The requests for some streams that came in since they were last asked for."""

    def __init__(self, redis: Redis, streams: Sequence[Stream]) -> None:
        self._redis = redis
        self._streams = {stream.replay_key: stream for stream in streams}
        self.read_again()

    def read_again(self) -> None:
        """Begin at the first request."""
        self._read_up_to = dict.fromkeys(self._streams, "0-0")

    async def new(self) -> list[ReplayRequest]:
        requests: list[ReplayRequest] = []
        for key, entries in await read_streams(self._redis, self._read_up_to):
            for entry_id, fields in entries:
                self._read_up_to[key] = entry_id.decode()
                try:
                    entry = EntryId.parse(fields[b"from"].decode())
                except (KeyError, ValueError):
                    continue
                if entry.is_possible:
                    requests.append(ReplayRequest(self._streams[key], entry))
        return requests


async def ask_for_replay(redis: Redis, stream: Stream, first_missing: EntryId) -> None:
    """Ask the stream's relay to publish again from an entry on. Written by readers."""
    await redis.execute_command("XADD", stream.replay_key, "MAXLEN", "~", "1000", "*", "from", str(first_missing))
