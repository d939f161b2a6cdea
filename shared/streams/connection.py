"""A connection to Redis, and how streams are read without FastStream."""

from collections.abc import Mapping
from typing import Any, cast

from redis.asyncio import Redis

Entry = tuple[bytes, dict[bytes, bytes]]


def connect(url: str, *, connections: int = 20) -> Redis:
    """A client that answers in protocol 2, whose shapes are the same in every version of Redis and Valkey."""
    return Redis.from_url(
        url,
        protocol=2,
        max_connections=connections,
        socket_connect_timeout=5,
        socket_timeout=10,
        health_check_interval=30,
    )


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
