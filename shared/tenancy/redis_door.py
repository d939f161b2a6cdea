"""One way in to Redis for commands whose answers its client does not describe."""

from typing import Any

from redis.asyncio import Redis


async def ask(redis: Redis, *words: str | bytes | int) -> Any:
    """Sends the command as written and gives the answer. Raises redis.RedisError."""
    return await redis.execute_command(*words)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def text(value: Any) -> str:
    """Answers come as bytes or as text, as the connection was set up."""
    return value.decode() if isinstance(value, bytes) else str(value)
