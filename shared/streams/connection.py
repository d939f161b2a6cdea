"""A connection to Redis, and how streams are read without FastStream."""

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import hiredis
from redis.asyncio import Redis
from redis.exceptions import ResponseError

ANSWER_SECONDS = 10.0

_pack: Callable[[tuple[str, ...]], bytes] = cast(
    "Any", hiredis
).pack_command  # hiredis declares commands of one word only

Entry = tuple[bytes, dict[bytes, bytes]]


def connect(url: str, *, connections: int = 20) -> Redis:
    """A client that answers in protocol 2, whose shapes are the same in every version of Redis and Valkey."""
    return Redis.from_url(
        url,
        protocol=2,
        max_connections=connections,
        socket_connect_timeout=5,
        socket_timeout=ANSWER_SECONDS,
        health_check_interval=30,
    )


async def send_all(redis: Redis, commands: Sequence[tuple[str, ...]]) -> list[Any]:
    """The answers to commands that are sent in one round trip; a refusal by Redis is an answer.

    redis-py's own pipeline packs in Python and sets a timer for each answer: four fifths of the relay's time.

    Raises:
        redis.exceptions.RedisError, OSError: the connection broke; any of the commands may have been carried out.
    """
    connection: Any = await redis.connection_pool.get_connection()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await connection.send_packed_command(b"".join(map(_pack, commands)))
            return [await _answer(connection) for _ in commands]
    except BaseException:
        await connection.disconnect(nowait=True)  # answers that were not read must not be taken for later ones
        raise
    finally:
        await redis.connection_pool.release(connection)


async def _answer(connection: Any) -> Any:
    try:
        return await connection.read_response(timeout=math.inf)
    except ResponseError as refusal:
        return refusal


async def read_streams(
    redis: Redis, after: Mapping[str, str], *, at_most: int = 1000, wait_milliseconds: int | None = None
) -> list[tuple[str, list[Entry]]]:
    """The entries that follow an id, for each key where there are any (XREAD).

    Args:
        after: for each key, the last id that was read; `0-0` for the beginning.
        wait_milliseconds: how long to wait for the first entry; None does not wait.
    """
    if not after:
        return []
    block = [] if wait_milliseconds is None else ["BLOCK", str(wait_milliseconds)]
    words = ["COUNT", str(at_most), *block, "STREAMS", *after.keys(), *after.values()]
    answer = cast("Any", await redis.execute_command("XREAD", *words))
    return [(key.decode(), entries) for key, entries in answer or ()]
