"""A team's service reaches its own database and its own streams, and nothing of another team's.

What each Redis user may do is written down here in full; every command that the server knows is tried on every key
against it. The databases are tried with the statements themselves.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import pytest
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError

from deploy.local.servers import discard, start_servers
from shared.contracts.streams import INDICATORS, REGISTRY, Audience, Stream, heartbeat_key, streams_of
from shared.kernel.postgres import connected
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.databases import url_of
from shared.tenancy.names import NotAName, database_name, redis_user
from shared.tenancy.provisioning import operator, provision_reader, provision_service
from shared.tenancy.redis_door import ask, text
from shared.tenancy.redis_users import READER, delete_users_of, own_keys
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.servers import FreshService

SERVICES = ("referral", "training", "consultation")
SESSION = {"ping", "hello", "auth", "client|setname", "client|setinfo", "quit", "reset"}
"""What every user may do, with no key. No ACL can deny QUIT and RESET, which end a session or sign it out."""


class Pair(NamedTuple):
    """Two teams with the same service each."""

    one: str
    other: str
    access_of_one: ServiceAccess
    access_of_other: ServiceAccess


@pytest.fixture
async def pair(fresh_service: FreshService, new_team: Callable[[], str]) -> Pair:
    one, other = new_team(), new_team()
    return Pair(
        one, other, await fresh_service(one, "referral", reads=()), await fresh_service(other, "referral", reads=())
    )


@pytest.fixture
async def of_one(pair: Pair) -> AsyncIterator[Redis]:
    async with Redis.from_url(pair.access_of_one.redis_url) as client:
        yield client


def region_of(team: str, service: str) -> str:
    return Stream(team, service, Audience.REGION).key


def network_of(team: str, service: str) -> str:
    return Stream(team, service, Audience.NETWORK).key


def allowed_to_a_team(
    team: str, service: str, *, reads: tuple[str, ...] = (), networked_with: tuple[str, ...] = ()
) -> set[tuple[str, str]]:
    """Its own streams, with what is asked of it, and those that it hears."""
    own = own_keys(team, service, is_networked=bool(networked_with))
    requests = [f"{stream.key}:replay" for stream in streams_of(team, service, is_networked=bool(networked_with))]
    of_others = [network_of(each, service) for each in networked_with]
    heard = [*(Stream(team, each, Audience.TEAM).key for each in reads), *of_others]
    beats = [*(heartbeat_key(team, each) for each in reads), *(f"{key}:beat" for key in of_others)]
    return (
        {("xadd", key) for key in (*own, *(f"{key}:replay" for key in heard))}
        | {("xinfo|stream", key) for key in (*own, *heard)}
        | {("xread", key) for key in (REGISTRY, *requests, *heard, *beats)}
    )


def allowed_to_reporting(teams: tuple[str, ...]) -> set[tuple[str, str]]:
    pairs = [(team, service) for team in teams for service in SERVICES]
    keys = [key for pair in pairs for key in (region_of(*pair), heartbeat_key(*pair))]
    return (
        {("xread", key) for key in (*keys, REGISTRY, INDICATORS)}
        | {("xinfo|stream", key) for key in (*keys, REGISTRY, INDICATORS)}
        | {("xadd", key) for key in (*(f"{region_of(*pair)}:replay" for pair in pairs), INDICATORS)}
    )


def every_key(*teams: str) -> list[str]:
    own = [key for team in teams for service in SERVICES for key in own_keys(team, service, is_networked=True)]
    near = [
        f"pairs:{{{teams[0]}}}",
        f"pairs:{{{teams[0]}x}}:referral",
        f"pairs:{teams[0]}:referral",
        "pairs:{*}:*:region ",
        "pairs:region:replay",
    ]
    return [*own, *(f"{key}:replay" for key in own), *near, REGISTRY, INDICATORS, "pairs:", "*", "anything"]


def words(command: str, arity: int, key: str) -> list[str]:
    """The command with the key in every place; the three that have a grammar of their own, in it."""
    grammar = {
        "xadd": ["XADD", key, "*", "body", "1"],
        "xread": ["XREAD", "STREAMS", key, "0"],
        "xinfo|stream": ["XINFO", "STREAM", key],
    }
    name = command.split("|")
    return grammar.get(command, [*name, *([key] * (abs(arity) - len(name)))])


async def permitted(servers: AdminUrls, user: str, keys: list[str]) -> tuple[set[tuple[str, str]], set[str], int]:
    """What the server itself says that the user may do: with a key, whatever the key, and of how many commands."""
    async with operator(servers) as admin:
        described = await ask(admin, "COMMAND INFO", *await ask(admin, "COMMAND LIST"))
        arities = {text(each[0]): each[1] for each in described if not each[9]}  # the rest only contain others: CLIENT
        tried = [(name, key) for name in arities for key in keys]
        async with admin.pipeline(transaction=False) as pipeline:
            for name, key in tried:
                pipeline.execute_command("ACL DRYRUN", user, *words(name, arities[name], key))
            answers = await pipeline.execute(raise_on_error=False)
    untried = {name for (name, _), answer in zip(tried, answers, strict=True) if not isinstance(answer, (bytes, str))}
    assert not untried, "tried with too few words"
    granted = {pair for pair, answer in zip(tried, answers, strict=True) if text(answer) == "OK"}
    keyless = {name for name in arities if all((name, key) in granted for key in keys)}
    return {(name, key) for name, key in granted if name not in keyless}, keyless, len(arities)


async def test_of_all_commands_a_team_may_run_these_on_these_keys(servers: AdminUrls, pair: Pair) -> None:
    with_key, keyless, tried = await permitted(
        servers, redis_user(pair.one, "referral"), every_key(pair.one, pair.other)
    )
    assert with_key == allowed_to_a_team(pair.one, "referral")
    assert keyless == SESSION
    assert tried > 300


async def test_a_service_may_hear_those_of_its_own_team_that_it_says_and_ask_only_them_again(
    servers: AdminUrls, fresh_service: FreshService, pair: Pair
) -> None:
    await fresh_service(pair.one, "consultation", reads=("referral",))
    with_key, keyless, _ = await permitted(
        servers, redis_user(pair.one, "consultation"), every_key(pair.one, pair.other)
    )
    assert with_key == allowed_to_a_team(pair.one, "consultation", reads=("referral",))
    assert keyless == SESSION


async def test_a_teams_training_may_read_what_every_teams_tells_the_network_and_nothing_else_of_them(
    servers: AdminUrls, fresh_service: FreshService, pair: Pair
) -> None:
    await fresh_service(pair.one, "training")
    with_key, keyless, _ = await permitted(servers, redis_user(pair.one, "training"), every_key(pair.one, pair.other))
    assert with_key == allowed_to_a_team(pair.one, "training", networked_with=(pair.one, pair.other))
    assert keyless == SESSION


async def test_a_service_that_hears_another_no_longer_may_no_longer_read_it(
    fresh_service: FreshService, pair: Pair
) -> None:
    await fresh_service(pair.one, "consultation", reads=("referral", "training"))
    access = await fresh_service(pair.one, "consultation", reads=("training",))
    async with Redis.from_url(access.redis_url) as client:
        await ask(client, "XREAD", "STREAMS", Stream(pair.one, "training", Audience.TEAM).key, "0")
        with pytest.raises(NoPermissionError):
            await ask(client, "XREAD", "STREAMS", Stream(pair.one, "referral", Audience.TEAM).key, "0")


async def test_what_a_service_hears_cannot_be_a_pattern(fresh_service: FreshService, a_team: str) -> None:
    for name in ("*", "referral*", "referral:region", "{other}"):
        with pytest.raises(NotAName):
            await fresh_service(a_team, "consultation", reads=(name,))


async def test_of_all_commands_reporting_may_run_these_on_these_keys(
    servers: AdminUrls, fresh_service: FreshService, pair: Pair
) -> None:
    await fresh_service(None, "reporting")
    with_key, keyless, _ = await permitted(servers, "reporting", every_key(pair.one, pair.other))
    assert with_key == allowed_to_reporting((pair.one, pair.other))
    assert keyless == SESSION


async def test_whoever_follows_the_regions_indicators_may_read_them_and_nothing_else(
    servers: AdminUrls, pair: Pair, tmp_path: Path
) -> None:
    await provision_reader(servers, SecretFolder(tmp_path))
    with_key, keyless, _ = await permitted(servers, READER, every_key(pair.one, pair.other))
    assert with_key == {(command, INDICATORS) for command in ("xread", "xrange", "xinfo|stream")}
    assert keyless == SESSION


ATTEMPTS = [
    "XADD {other} * body 1",
    "XADD {registry} * body 1",
    "XADD {other}:replay * from 1-1",
    "XADD {own}:replay * from 1-1",
    "XADD {indicators} * body 1",
    "XREAD STREAMS {other} 0",
    "XREAD STREAMS {other}:replay 0",
    "XREAD STREAMS {own} 0",
    "XREAD STREAMS {own} {other} 0 0",
    "XREAD STREAMS {indicators} 0",
    "XRANGE {own} - +",
    "XTRIM {own} MAXLEN 0",
    "XDEL {own} 1-1",
    "XSETID {own} 9-9",
    "XLEN {other}",
    "XINFO STREAM {other}",
    "XGROUP CREATE {own} group 0",
    "DEL {own}",
    "DEL {other}",
    "RENAME {other} {own}",
    "COPY {other} {own}",
    "DUMP {other}",
    "EXISTS {other}",
    "KEYS *",
    "SCAN 0",
    "FLUSHALL",
    "FLUSHDB",
    "SELECT 1",
    "CONFIG GET dir",
    "CONFIG SET maxmemory 1",
    "ACL LIST",
    "ACL WHOAMI",
    "ACL SETUSER {user} +@all ~*",
    "CLIENT LIST",
    "CLIENT KILL TYPE normal",
    "EVAL return(1) 0",
    "FUNCTION LIST",
    "PUBLISH channel 1",
    "SUBSCRIBE channel",
    "MULTI",
    "MONITOR",
    "INFO",
    "REPLICAOF NO ONE",
    "BGREWRITEAOF",
    "SHUTDOWN NOSAVE",
]


async def test_what_a_team_tries_is_refused(servers: AdminUrls, pair: Pair, of_one: Redis) -> None:
    own, theirs = own_keys(pair.one, "referral")[0], own_keys(pair.other, "referral")[0]
    named = {"own": own, "other": theirs, "registry": REGISTRY, "indicators": INDICATORS}
    async with operator(servers) as admin:
        await admin.xadd(theirs, {"body": "theirs"})
        await admin.xadd(own, {"body": "own"}, id="1-1")
        for attempt in ATTEMPTS:
            words_tried = [word.format(user=redis_user(pair.one, "referral"), **named) for word in attempt.split()]
            with pytest.raises(NoPermissionError):
                pytest.fail(f"{attempt}: {await ask(of_one, *words_tried)}")
        assert await admin.xlen(theirs) == await admin.xlen(own) == 1


async def test_a_team_can_wipe_its_own_stream_and_only_that(servers: AdminUrls, pair: Pair, of_one: Redis) -> None:
    """An ACL cannot restrict arguments: the outbox is the truth, and the relay sends again what is missing."""
    own, theirs = own_keys(pair.one, "referral")[0], own_keys(pair.other, "referral")[0]
    await of_one.xadd(own, {"body": "1"})
    await of_one.xadd(own, {"body": "2"}, maxlen=0, approximate=False)
    with pytest.raises(NoPermissionError):
        await of_one.xadd(theirs, {"body": "2"}, maxlen=0, approximate=False)
    async with operator(servers) as admin:
        assert await admin.xlen(own) == 0


async def test_one_teams_password_is_not_the_others(pair: Pair) -> None:
    stolen = pair.access_of_one.redis_url.replace(f"{pair.one}.", f"{pair.other}.")
    async with Redis.from_url(stolen) as client:
        with pytest.raises(AuthenticationError):
            await client.ping()


async def test_a_removed_teams_live_sessions_are_cut(servers: AdminUrls, pair: Pair, of_one: Redis) -> None:
    own = own_keys(pair.one, "referral")[0]
    await of_one.xadd(own, {"body": "1"})
    async with Redis.from_url(pair.access_of_one.redis_url, retry=None) as reader, operator(servers) as admin:
        waiting = asyncio.ensure_future(reader.xread({own: "$"}, block=30_000))
        await asyncio.sleep(0.1)
        await delete_users_of(admin, pair.one)
        with pytest.raises(RedisError):
            await asyncio.wait_for(waiting, 5)
        with pytest.raises(RedisError):
            await of_one.xadd(own, {"body": "2"})
        assert await admin.xlen(own) == 1


async def test_users_and_the_closed_door_outlive_a_restart(tmp_path: Path) -> None:
    state, secrets = Path("/var/tmp") / f"pairs-{tmp_path.name}-{id(tmp_path)}", SecretFolder(tmp_path / "secrets")
    try:
        with start_servers(state, durable=False) as servers:
            before = await provision_service(servers.admin_urls, "blackpool", "referral", secrets)
        with start_servers(state, durable=False) as servers:
            async with Redis(port=servers.valkey.port) as anyone:
                with pytest.raises(AuthenticationError):
                    await anyone.ping()
            restarted = f"@127.0.0.1:{servers.valkey.port}/"
            async with Redis.from_url(before.redis_url.partition("@")[0] + restarted) as client:
                await client.xadd("pairs:{blackpool}:referral", {"body": "1"})
                with pytest.raises(NoPermissionError):
                    await client.xadd("pairs:{wigan}:referral", {"body": "1"})
    finally:
        discard(state)


async def test_no_team_connects_to_anothers_database(pair: Pair) -> None:
    for access, other in ((pair.access_of_one, pair.other), (pair.access_of_other, pair.one)):
        for database in (database_name(other, "referral"), "postgres", "template1"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await asyncpg.connect(url_of(access.database_url, database=database))


async def test_one_teams_database_password_is_not_the_others(pair: Pair) -> None:
    password = pair.access_of_one.database_url.split(":")[2].split("@")[0]
    role = database_name(pair.other, "referral")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(url_of(pair.access_of_other.database_url, database=role, role=role, password=password))


async def test_nobody_signs_in_as_the_owner(pair: Pair) -> None:
    database = database_name(pair.one, "referral")
    with pytest.raises((asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidPasswordError)):
        await asyncpg.connect(
            url_of(pair.access_of_one.database_url, database=database, role=f"{database}_owner", password="x")
        )


STATEMENTS = [
    'SET ROLE "{own}_owner"',
    'SET ROLE "{other}"',
    "SET ROLE postgres",
    'SET SESSION AUTHORIZATION "{other}"',
    "CREATE TABLE public.mine (number int)",
    "CREATE TEMPORARY TABLE mine (number int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE DATABASE mine",
    "CREATE ROLE mine",
    "CREATE EXTENSION dblink",
    'DROP DATABASE "{other}"',
    'ALTER ROLE "{own}" CONNECTION LIMIT 1000',
    'GRANT "{own}_owner" TO "{own}"',
    "ALTER DATABASE \"{own}\" SET search_path = 'pg_catalog'",
    "ALTER SYSTEM SET port = 1",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY (SELECT 1) TO '/tmp/mine'",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT rolpassword FROM pg_authid",
    "SET session_replication_role = replica",
    "LOAD '$libdir/other'",
]


async def test_what_a_teams_role_tries_is_refused(pair: Pair) -> None:
    own, other = database_name(pair.one, "referral"), database_name(pair.other, "referral")
    async with connected(pair.access_of_one.database_url) as app:
        for statement in STATEMENTS:
            assert await is_refused(app, statement.format(own=own, other=other)), statement


async def test_no_table_can_be_emptied_changed_or_dropped(pair: Pair) -> None:
    async with connected(pair.access_of_one.database_url) as app:
        tables: list[Any] = [
            row["relation"]
            for row in await app.fetch(
                "SELECT oid::regclass::text AS relation FROM pg_class"
                " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            )
        ]
        assert len(tables) > 5
        for table in tables:
            for attempt in (
                "TRUNCATE {}",
                "DROP TABLE {}",
                "ALTER TABLE {} ADD COLUMN extra int",
                "ALTER TABLE {} DISABLE TRIGGER ALL",
                "ALTER TABLE {} OWNER TO CURRENT_USER",
                "CREATE RULE mine AS ON INSERT TO {} DO INSTEAD NOTHING",
            ):
                assert await is_refused(app, attempt.format(table)), (attempt, table)
        await app.execute("GRANT DELETE ON audit TO CURRENT_USER")  # a warning, and nothing more
        assert await is_refused(app, "DELETE FROM audit")
        assert await is_refused(app, "UPDATE alembic_version SET version_num = 'x'")


async def is_refused(app: Any, statement: str) -> bool:
    try:
        await app.execute(statement)
    except asyncpg.InsufficientPrivilegeError:
        return True
    return False
