"""How far Redis got, as Redis itself says."""

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from shared.contracts.streams import BEGINNING, EntryId, Stream


async def top_of(redis: Redis, stream: Stream) -> EntryId:
    """The id of the last entry that Redis ever took on this stream."""
    try:
        about = await redis.xinfo_stream(stream.key)
    except ResponseError as error:
        if "no such key" in str(error):
            return BEGINNING
        raise
    last = about["last-generated-id"]
    return EntryId.parse(last.decode() if isinstance(last, bytes) else last)
