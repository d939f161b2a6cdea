"""A service gets a database and a Redis user of its own, once, however often and by however many it is asked for."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import redis.exceptions
from redis.asyncio import Redis
from sqlalchemy import text

from shared.contracts.platform import TeamOnboarded
from shared.database.engines import create_engine
from shared.kernel.errors import RuleBroken
from shared.kernel.postgres import connected
from shared.tenancy.access_files import password_file, write_access
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import CONNECTION_LIMIT, url_of
from shared.tenancy.names import database_name, redis_user
from shared.tenancy.provisioning import operator, provision_service, remove_team
from shared.tenancy.redis_door import ask
from shared.tenancy.redis_users import RedisRefused, set_user
from shared.tenancy.registry import Standing, TeamState, announce, teams
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.servers import FreshService

CATALOGUE = """
    SELECT jsonb_build_object(
        'databases', (SELECT jsonb_agg(d.*)
            FROM (SELECT oid, datdba, datacl, datallowconn FROM pg_database ORDER BY 1) d),
        'roles', (SELECT jsonb_agg(r.*) FROM (SELECT * FROM pg_authid ORDER BY oid) r))::text
"""
INSIDE = """
    SELECT jsonb_build_object(
        'schemas', (SELECT jsonb_agg(n.*) FROM (SELECT nspname, nspowner, nspacl FROM pg_namespace ORDER BY 1) n),
        'defaults', (SELECT jsonb_agg(a.*) FROM (SELECT * FROM pg_default_acl ORDER BY oid) a))::text
"""


async def everything(servers: AdminUrls, database: str) -> list[Any]:
    found: list[Any] = []
    async with connected(servers.postgres) as admin, connected(url_of(servers.postgres, database=database)) as inside:
        found += [await admin.fetchval(CATALOGUE), await inside.fetchval(INSIDE)]
    async with operator(servers) as cache:
        return [*found, await ask(cache, "ACL", "LIST")]


@pytest.mark.parametrize(("team", "service"), [("black-pool", "referral"), (None, "reporting")])
async def test_a_second_time_changes_nothing(
    servers: AdminUrls, service_secrets: SecretFolder, fresh_service: FreshService, team: str | None, service: str
) -> None:
    first = await fresh_service(team, service, reads=())
    before = await everything(servers, database_name(team, service))
    assert await provision_service(servers, team, service, service_secrets) == first
    assert await everything(servers, database_name(team, service)) == before


async def test_asked_by_several_at_once_all_get_the_same(
    servers: AdminUrls, service_secrets: SecretFolder, fresh_service: FreshService, a_team: str
) -> None:
    wanted = await fresh_service(a_team, "referral")
    answers = await asyncio.gather(
        *(provision_service(servers, a_team, "referral", service_secrets) for _ in range(6)),
        *(provision_service(servers, a_team, "training", service_secrets) for _ in range(6)),
    )
    assert set(answers[:6]) == {wanted}
    assert len(set(answers[6:])) == 1
    async with connected(answers[6].database_url) as training:
        assert await training.fetchval("SELECT current_user = current_database()")


LEFT_BY_A_KILLED_RUN = {
    "one role": 'CREATE ROLE "{0}_owner" NOLOGIN',
    "both roles, no password": 'CREATE ROLE "{0}_owner" NOLOGIN; CREATE ROLE "{0}" LOGIN',
    "a closed database": 'CREATE DATABASE "{0}" OWNER "{0}_owner" TEMPLATE template0 ALLOW_CONNECTIONS false',
}


@pytest.mark.parametrize("steps", range(1, len(LEFT_BY_A_KILLED_RUN) + 1))
async def test_a_killed_run_is_completed_by_the_next(
    servers: AdminUrls, service_secrets: SecretFolder, fresh_service: FreshService, a_team: str, steps: int
) -> None:
    database = database_name(a_team, "referral")
    wanted = await fresh_service(a_team, "referral")
    async with connected(servers.postgres) as admin:
        await admin.execute(f'DROP DATABASE "{database}"')
        await admin.execute(f'DROP ROLE "{database}"; DROP ROLE "{database}_owner"')
        if steps == 1:
            await admin.execute(LEFT_BY_A_KILLED_RUN["one role"].format(database))
        else:
            await admin.execute(LEFT_BY_A_KILLED_RUN["both roles, no password"].format(database))
        if steps == 3:
            await admin.execute(LEFT_BY_A_KILLED_RUN["a closed database"].format(database))
    assert await provision_service(servers, a_team, "referral", service_secrets) == wanted
    async with connected(wanted.database_url) as app:
        assert await app.fetchval("SELECT current_user") == database


@pytest.mark.parametrize(
    "team",
    [
        "a:b",
        "*",
        "../x",
        "A",
        "a" * 64,
        "x",
        "postgres",
        "default",
        "operator",
        "reporting",
        "region",
        "registry",
        'a"; DROP',
        "a b",
        "a_b",
        "é",
        "ab\n",
        "",
    ],
)
async def test_a_team_cannot_be_called_so(servers: AdminUrls, service_secrets: SecretFolder, team: str) -> None:
    async with connected(servers.postgres) as admin:
        before = await admin.fetchval(CATALOGUE)
        with pytest.raises(RuleBroken):
            await provision_service(servers, team, "referral", service_secrets)
        assert await admin.fetchval(CATALOGUE) == before


def test_two_services_never_share_a_name() -> None:
    assert database_name("aa-bb", "referral") != database_name("aa", "referral")
    with pytest.raises(RuleBroken):
        database_name("aa", "bb-referral")
    with pytest.raises(RuleBroken):
        redis_user("aa", "bb.cc")
    with pytest.raises(RuleBroken):
        database_name("a" * 31, "b" * 31)


async def test_the_limit_of_connections_is_kept(fresh_service: FreshService, a_team: str) -> None:
    access = await fresh_service(a_team, "referral")
    sessions = [await asyncpg.connect(access.database_url) for _ in range(CONNECTION_LIMIT)]
    try:
        with pytest.raises(asyncpg.TooManyConnectionsError):
            await asyncpg.connect(access.database_url)
    finally:
        for session in sessions:
            await session.close()


async def test_no_user_is_made_where_anybody_gets_in(servers: AdminUrls, a_team: str) -> None:
    async with operator(servers) as cache:
        await ask(cache, "ACL", "SETUSER", "default", "on", "nopass")
        try:
            with pytest.raises(RedisRefused):
                await set_user(cache, a_team, "referral", ["0" * 64])
        finally:
            await ask(cache, "ACL", "SETUSER", "default", "off", "resetpass")
        assert await ask(cache, "ACL", "GETUSER", f"{a_team}.referral") is None


async def test_a_widened_user_is_put_right(
    servers: AdminUrls, service_secrets: SecretFolder, fresh_service: FreshService, a_team: str
) -> None:
    await fresh_service(a_team, "referral", reads=())
    async with operator(servers) as cache:
        before = await ask(cache, "ACL", "GETUSER", f"{a_team}.referral")
        for widening in (("+@all",), ("~*",), (">another",), ("(+del ~*)",), ("&*",), ("off",), ("nopass",)):
            await ask(cache, "ACL", "SETUSER", f"{a_team}.referral", *widening)
            await provision_service(servers, a_team, "referral", service_secrets)
            assert await ask(cache, "ACL", "GETUSER", f"{a_team}.referral") == before


async def test_a_removed_team_is_out_of_redis_and_keeps_its_data(
    servers: AdminUrls, fresh_service: FreshService, new_team: Callable[[], str]
) -> None:
    leaving, staying = new_team(), new_team()
    access, other = await fresh_service(leaving, "referral"), await fresh_service(staying, "referral")
    async with operator(servers) as cache, Redis.from_url(access.redis_url) as live:
        for team in (leaving, staying, leaving):
            await announce(cache, TeamOnboarded(team=team, services=("referral",)))
        await live.xadd(f"pairs:{{{leaving}}}:referral", {"body": "1"})
        await remove_team(servers, leaving)
        with pytest.raises(redis.exceptions.RedisError):
            await live.xadd(f"pairs:{{{leaving}}}:referral", {"body": "2"})
        assert await cache.xlen(f"pairs:{{{leaving}}}:referral") == 1
    async with Redis.from_url(other.redis_url) as reader, connected(access.database_url) as kept:
        assert await teams(reader) == {
            leaving: TeamState(Standing.LEFT, ("referral",)),
            staying: TeamState(Standing.ACTIVE, ("referral",)),
        }
        assert await kept.fetchval("SELECT count(*) FROM referral") == 0


async def test_an_earlier_limit_of_connections_is_put_right(
    servers: AdminUrls, service_secrets: SecretFolder, fresh_service: FreshService, a_team: str
) -> None:
    database = database_name(a_team, "referral")
    await fresh_service(a_team, "referral")
    async with connected(servers.postgres) as admin:
        await admin.execute(f'ALTER ROLE "{database}" CONNECTION LIMIT 40')
        await provision_service(servers, a_team, "referral", service_secrets)
        limit = await admin.fetchval("SELECT rolconnlimit FROM pg_roles WHERE rolname = $1", database)
    assert limit == CONNECTION_LIMIT


async def test_while_a_password_of_redis_is_renewed_the_earlier_one_opens_too_and_not_afterwards(
    servers: AdminUrls, service_secrets: SecretFolder, fresh_service: FreshService, a_team: str
) -> None:
    earlier = await fresh_service(a_team, "referral", reads=())
    name = f"{a_team}.referral.redis"
    old, new = service_secrets.secret(name), service_secrets.renew(name)

    async def opens(url: str) -> bool:
        async with Redis.from_url(url) as client:
            try:
                return bool(await client.ping())
            except redis.exceptions.AuthenticationError:
                return False

    async with operator(servers) as cache:
        await set_user(cache, a_team, "referral", [new, old])
    during = await opens(earlier.redis_url)
    later = await provision_service(servers, a_team, "referral", service_secrets)

    assert (during, await opens(later.redis_url), await opens(earlier.redis_url)) == (True, True, False)


async def test_a_password_of_postgresql_that_was_renewed_is_read_at_the_next_connection(
    servers: AdminUrls,
    service_secrets: SecretFolder,
    fresh_service: FreshService,
    a_team: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = write_access(tmp_path, await fresh_service(a_team, "referral", reads=()), keys={})
    monkeypatch.setenv("PGPASSFILE", str(password_file(tmp_path)))
    engine = create_engine(files["DATABASE_URL"].read_text())
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        service_secrets.renew(f"{a_team}.referral.database")
        write_access(tmp_path, await provision_service(servers, a_team, "referral", service_secrets), keys={})
        async with engine.connect() as kept, engine.connect() as new:
            for connection in (kept, new):
                await connection.execute(text("SELECT 1"))
    finally:
        await engine.dispose()
