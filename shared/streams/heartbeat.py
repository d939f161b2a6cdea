"""The heartbeat: where a service's streams end, so that a lost tail shows although no later event would reveal it.

One entry on a key of its own. Positions are those that were sent, not those that are still to be sent: what a reader
has not got of these is missing, not late. It also says where the audit trail ends (`shared.contracts.audit_head`), so
that someone else keeps it. There is room for numbers and hashes only: what is neither is not sent, and not read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from redis.asyncio import Redis

from shared.contracts.audit_head import AuditHead, TrailTold
from shared.contracts.streams import Audience, EntryId, Stream
from shared.streams.connection import read_streams


class Heartbeat(NamedTuple):
    """The last that was heard of one stream."""

    beat: str
    """Changes with each beat."""
    head: EntryId
    trail: TrailTold | None = None
    """None when it says nothing of the audit trail."""


_TRAIL, _EARLIER = "audit", "audit_earlier"


async def beat(redis: Redis, heads: Mapping[Stream, EntryId], trail: TrailTold | None) -> None:
    """Say where the streams of a service end, and its audit trail; the latter not to other teams."""
    said = defaultdict[str, list[str]](list)
    for stream, head in heads.items():
        said[stream.heartbeat_key] += [stream.audience.value, str(head)]
        if trail and stream.audience is Audience.TEAM:
            said[stream.heartbeat_key] += [_TRAIL, str(trail.head)]
            said[stream.heartbeat_key] += [_EARLIER, str(trail.earlier)] if trail.earlier else []
    for key, fields in said.items():
        await redis.execute_command("XADD", key, "MAXLEN", "1", "*", *fields)


async def listen(redis: Redis, streams: Sequence[Stream]) -> dict[Stream, Heartbeat]:
    """The last heartbeat of each stream, in one command; a stream that never had one is left out."""
    keys = {stream.heartbeat_key for stream in streams}
    last = {key: entries[-1] for key, entries in await read_streams(redis, dict.fromkeys(keys, "0-0"))}
    heard: dict[Stream, Heartbeat] = {}
    for stream in streams:
        try:
            identifier, fields = last[stream.heartbeat_key]
            head = EntryId.parse(fields[stream.audience.value.encode()].decode())
        except (KeyError, ValueError):
            continue
        if head.is_possible:
            heard[stream] = Heartbeat(identifier.decode(), head, _trail(fields))
    return heard


def _trail(fields: Mapping[bytes, bytes]) -> TrailTold | None:
    try:
        head = AuditHead.parse(fields[_TRAIL.encode()].decode())
        earlier = fields.get(_EARLIER.encode())
        return TrailTold(head, AuditHead.parse(earlier.decode()) if earlier is not None else None)
    except (KeyError, ValueError):
        return None
