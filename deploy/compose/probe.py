"""As each of a team's accounts, tries what is another team's; prints what was tried, and ends with 1 if one was let in.

python -m deploy.compose.probe blackpool
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
from redis.asyncio import Redis
from redis.exceptions import NoPermissionError

from deploy.compose.ended import ended
from shared.contracts.streams import streams_of
from shared.discovery import of_team
from shared.streams.connection import connect
from shared.tenancy import registry
from shared.tenancy.access_files import password_file
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name, redis_user

SECRETS = Path("/secrets")
REGION = Path("/region/operator/redis-admin-url")
PORTS = (5432, 8000, 9000)
SECONDS = 2.0


async def main(team: str) -> int:
    """1 when an account of the team was let in anywhere."""
    async with connect(_text(REGION)) as operator:
        others = sorted((await registry.teams(operator)).keys() - {team})
    let_in = [wrong async for wrong in _let_in(team, others)]
    for wrong in let_in:
        sys.stdout.write(f"LET IN: {wrong}\n")
    if not let_in:
        tried = len(others) * len(of_team()) * (len(of_team()) * 4 + len(PORTS) + 1)
        sys.stdout.write(f"{tried} ways to {len(others)} other teams tried as {team}: all refused.\n")
    return 1 if let_in else 0


def _text(path: Path) -> str:
    return path.read_text(encoding="ascii")


async def _let_in(team: str, others: list[str]) -> AsyncIterator[str]:
    for service in (one.name for one in of_team()):
        folder = SECRETS / redis_user(team, service)
        database, redis = (_text(folder / name) for name in ("database-url", "redis-url"))
        for other in others:
            async for way in _by_redis(redis, other):
                yield f"{team}.{service} in Redis: {way}"
            if await _by_database(f"{database}?passfile={password_file(folder)}", other):
                yield f"{team}.{service} in a database of {other}"
            async for way in _by_network(other):
                yield f"{team}.{service} by the network: {way}"


async def _by_redis(url: str, other: str) -> AsyncIterator[str]:
    async with connect(url) as client:
        for service in (one.name for one in of_team()):
            for stream in streams_of(other, service):
                if await _may(client, "XREAD", "COUNT", "1", "STREAMS", stream.key, "0"):
                    yield f"read {stream.key}"
                if await _may(client, "XADD", stream.key, "NOMKSTREAM", "*", "probe", "1"):
                    yield f"write {stream.key}"


async def _may(client: Redis, *command: str) -> bool:
    try:
        await client.execute_command(*command)  # pyright: ignore[reportUnknownMemberType]
    except NoPermissionError:
        return False
    return True


async def _by_database(url: str, other: str) -> bool:
    """On the server that the team's own account reaches."""
    for service in (one.name for one in of_team()):
        try:
            connection = await asyncpg.connect(url_of(url, database=database_name(other, service)), timeout=SECONDS)
        except (asyncpg.PostgresError, OSError, TimeoutError):
            continue
        await connection.close()
        return True
    return False


async def _by_network(other: str) -> AsyncIterator[str]:
    hosts = [f"pairs-{other}-{name}-1" for name in ("postgres", *(one.name for one in of_team()))]
    for host in hosts:
        for port in PORTS:
            try:
                async with asyncio.timeout(SECONDS):
                    _, writer = await asyncio.open_connection(host, port)
            except (OSError, TimeoutError):
                continue
            writer.close()
            yield f"{host}:{port}"


if __name__ == "__main__":
    ended(main(sys.argv[1]))
