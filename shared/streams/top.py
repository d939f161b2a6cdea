"""How far Redis got, as Redis itself says."""

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from shared.contracts.streams import BEGINNING, EntryId, Stream


async def top_of(redis: Redis, stream: Stream) -> EntryId:
    """The id of the last entry that Redis ever took on this stream."""
    return await top_of_key(redis, stream.key)


async def top_of_key(redis: Redis, key: str) -> EntryId:
    """The same of a stream that is no service's of a team."""
    try:
        about = await redis.xinfo_stream(key)
    except ResponseError as error:
        if "no such key" in str(error):
            return BEGINNING
        raise
    last = about["last-generated-id"]
    return EntryId.parse(last.decode() if isinstance(last, bytes) else last)
