"""How far Redis got, as Redis itself says."""

from typing import Any, NamedTuple

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from shared.contracts.streams import BEGINNING, EntryId, Stream


async def top_of(redis: Redis, stream: Stream) -> EntryId:
    """The id of the last entry that Redis ever took on this stream."""
    return await top_of_key(redis, stream.key)


async def top_of_key(redis: Redis, key: str) -> EntryId:
    """The same of a stream that is no service's of a team."""
    return (await top_entry(redis, key)).id


class TopEntry(NamedTuple):
    id: EntryId
    subject: str
    """What the field `id` of it says: which thing it tells. Empty: there is none."""


async def top_entry(redis: Redis, key: str) -> TopEntry:
    """The last entry that Redis ever took on a stream, and what it says that it is."""
    try:
        about = await redis.xinfo_stream(key)
    except ResponseError as error:
        if "no such key" in str(error):
            return TopEntry(BEGINNING, "")
        raise
    last: Any = about["last-entry"]
    said = last[1].get(b"id", b"") if last else b""
    return TopEntry(EntryId.parse(_text(about["last-generated-id"])), _text(said))


def _text(given: Any) -> str:
    return given.decode() if isinstance(given, bytes) else str(given)
