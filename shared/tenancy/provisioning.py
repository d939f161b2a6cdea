"""Gives a service its own database, role and Redis user, and takes a team's Redis users away again.

Each step may be repeated: what is there stays, what a killed run left out is done. Databases are never removed here.
Tables come afterwards, from `shared.database.migrations`.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

from redis.asyncio import Redis

from shared.contracts.platform import TeamLeft, TeamOnboarded
from shared.streams.connection import ANSWER_SECONDS
from shared.tenancy import databases, redis_users, registry
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.names import check_team, database_name, redis_user
from shared.tenancy.secret_folder import SecretFolder


async def provision_service(
    admin: AdminUrls,
    team: str | None,
    service: str,
    secrets: SecretFolder,
    *,
    reads: Sequence[str] = (),
    is_networked: bool = False,
) -> ServiceAccess:
    """Everything that a service needs for starting, and nothing of another team's.

    Args:
        admin: operators' addresses.
        team: the team's slug, or None for a service of the region.
        service: the service's name.
        secrets: keeps the passwords, so that a second call gives the same ones.
        reads: the team's services whose events this one hears.
        is_networked: whether it speaks to the same service of other teams, and hears it.

    Raises:
        NotAName: a slug is malformed or reserved.
        RedisRefused: Redis is open to anyone, or does not keep its users.
    """
    database, user = database_name(team, service), redis_user(team, service)
    database_password, redis_password = secrets.secret(f"{user}.database"), secrets.secret(f"{user}.redis")
    await databases.create_database(admin.postgres, database, database_password)
    async with operator(admin) as redis:
        await redis_users.set_user(redis, team, service, [redis_password], reads, is_networked=is_networked)
    return ServiceAccess(
        database_url=databases.url_of(admin.postgres, database=database, role=database, password=database_password),
        redis_url=redis_users.redis_url_for(admin.redis, team, service, redis_password),
    )


async def provision_reader(admin: AdminUrls, secrets: SecretFolder) -> str:
    """The Redis user of whoever follows the region's stream of indicators; gives its address, with its password.

    Raises:
        RedisRefused: Redis is open to anyone, or does not keep its users.
    """
    password = secrets.secret(f"{redis_users.READER}.redis")
    async with operator(admin) as redis:
        await redis_users.set_reader(redis, [password])
    parts = urlsplit(admin.redis)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{redis_users.READER}:{password}@{place}"))


async def announce_team(admin: AdminUrls, team: str, services: Sequence[str]) -> None:
    """Tell the region that the team has these services; nothing, when the registry says so already.

    Raises:
        NotAName: no team can be called so.
    """
    state = registry.TeamState(registry.Standing.ACTIVE, tuple(services))
    async with operator(admin) as redis:
        if (await registry.teams(redis)).get(team) != state:
            await registry.announce(redis, TeamOnboarded(team=team, services=state.services))


async def remove_team(admin: AdminUrls, team: str) -> None:
    """Ends the team's access to Redis at once and tells the region. Its databases and streams stay.

    Raises:
        NotAName: no team can be called so.
    """
    check_team(team)
    async with operator(admin) as redis:
        await redis_users.delete_users_of(redis, team)
        known = (await registry.teams(redis)).get(team)
        await registry.announce(redis, TeamLeft(team=team, services=known.services if known else ()))


@asynccontextmanager
async def operator(admin: AdminUrls) -> AsyncGenerator[Redis]:
    """A connection to Redis with all rights, closed at the end. What is not answered in ten seconds raises."""
    redis: Redis = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
        admin.redis, socket_connect_timeout=ANSWER_SECONDS, socket_timeout=ANSWER_SECONDS
    )
    async with redis:
        yield redis
