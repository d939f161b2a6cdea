"""The heartbeat: where a service's streams end, so that a lost tail shows although no later event would reveal it.

One entry on a key of its own. Positions are those that were sent, not those that are still to be sent: what a reader
has not got of these is missing, not late.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from redis.asyncio import Redis

from shared.contracts.streams import Audience, EntryId, Stream, heartbeat_key
from shared.streams.connection import read_streams


class Heartbeat(NamedTuple):
    """The last that was heard of one stream."""

    beat: str
    """Changes with each beat."""
    head: EntryId


async def beat(redis: Redis, team: str, service: str, heads: Mapping[Audience, EntryId]) -> None:
    """Say where the streams of a service end."""
    fields = [part for audience, head in heads.items() for part in (audience.value, str(head))]
    await redis.execute_command("XADD", heartbeat_key(team, service), "MAXLEN", "1", "*", *fields)


async def listen(redis: Redis, streams: Sequence[Stream]) -> dict[Stream, Heartbeat]:
    """The last heartbeat of each stream, in one command; a stream that never had one is left out."""
    keys = {heartbeat_key(stream.team, stream.service) for stream in streams}
    last = {key: entries[-1] for key, entries in await read_streams(redis, dict.fromkeys(keys, "0-0"))}
    heard: dict[Stream, Heartbeat] = {}
    for stream in streams:
        try:
            identifier, fields = last[heartbeat_key(stream.team, stream.service)]
            head = EntryId.parse(fields[stream.audience.value.encode()].decode())
        except (KeyError, ValueError):
            continue
        if head.is_possible:
            heard[stream] = Heartbeat(identifier.decode(), head)
    return heard
