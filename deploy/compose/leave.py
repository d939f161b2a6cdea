"""A team pauses or goes: its accounts in Redis are shut, the region is told, and in the end its streams go.

python -m deploy.compose.leave suspend blackpool
python -m deploy.compose.leave remove blackpool
python -m deploy.compose.leave forget blackpool        `remove`, and what it published goes from Redis
python -m deploy.compose.leave abandon blackpool       `forget`, unless it has published anything
"""

import sys

from redis.asyncio import Redis

from deploy.compose.ended import ended
from shared.contracts.platform import TeamSuspended
from shared.contracts.streams import stream_of
from shared.kernel.errors import Refusal
from shared.kernel.settings import variable
from shared.tenancy import redis_users, registry
from shared.tenancy.admin import AdminUrls
from shared.tenancy.names import check_team
from shared.tenancy.provisioning import operator, remove_team
from shared.tenancy.redis_door import ask, text
from shared.tenancy.registry import Standing, TeamState


class HasPublished(Refusal):
    """It is too late to act as if the team had never been there."""


async def main(task: str, team: str) -> None:
    """Each may be repeated. Raises NotAName, HasPublished, and what Redis raises."""
    check_team(team)
    admin = AdminUrls("", variable("redis_admin_url") or "")
    async with operator(admin) as redis:
        # Redis may have lost that it knew a team; who follows the region has not
        known = (await registry.teams(redis)).get(team)
        if task == "abandon" and await _published(redis, team):
            raise HasPublished(
                "has_published", f"{team} has published something already: `deploy/team remove`, then `destroy`."
            )
        if task == "suspend":
            await _suspend(redis, team, known)
        elif known or task in {"remove", "forget"}:
            await remove_team(admin, team)
        if task in {"forget", "abandon"}:
            await _forget(redis, team)


async def _suspend(redis: Redis, team: str, known: TeamState | None) -> None:
    await redis_users.delete_users_of(redis, team)
    if known and known.standing is Standing.ACTIVE:
        await registry.announce(redis, TeamSuspended(team=team, services=known.services))


async def _keys(redis: Redis, team: str) -> list[str]:
    found, cursor = list[str](), "0"
    while True:
        cursor, keys = await ask(redis, "SCAN", cursor, "MATCH", f"pairs:{{{team}}}:*", "COUNT", 1000)
        found += map(text, keys)
        if text(cursor) == "0":
            return found


async def _published(redis: Redis, team: str) -> bool:
    return any(map(_is_stream, await _keys(redis, team)))


def _is_stream(key: str) -> bool:
    """Or else a heartbeat, or what readers ask for again."""
    try:
        stream_of(key)
    except ValueError:
        return False
    return True


async def _forget(redis: Redis, team: str) -> None:
    await redis_users.delete_users_of(redis, team)
    for key in await _keys(redis, team):
        await ask(redis, "UNLINK", key)


if __name__ == "__main__":
    ended(main(*sys.argv[1:3]))
