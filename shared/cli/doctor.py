"""`pairs doctor`: is everything as it must be, and if not, what to do about it.

Each check looks at the real servers and says what it found in one line. Exit code 0 when all is well, 1 when something
is not, 69 when a server does not answer.
"""

from collections.abc import AsyncGenerator
from typing import Any, NamedTuple

import typer

from shared import discovery
from shared.cli.installation import DEFAULT_STATE, State, admin_urls, run
from shared.cli.lag import lag
from shared.cli.listing import AsJson, show
from shared.cli.readers import Reader, audit_heads, checkpoints, present, readers
from shared.database.migrations import head, tables
from shared.kernel.postgres import connected
from shared.streams.connection import connect
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.redis_door import ask
from shared.tenancy.registry import teams

OLDEST_POSTGRES, OLDEST_REDIS = 150_000, (7, 2)


class Finding(NamedTuple):
    """One line of what the doctor says."""

    check: str
    well: bool
    detail: str
    what_to_do: str = ""


def doctor(*, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Check servers, databases, streams and readers, and say what to do."""
    findings = run(examine(admin_urls(state)))
    rows = [
        {
            "check": found.check,
            "result": "well" if found.well else "NOT WELL",
            "detail": found.detail,
            "what_to_do": "" if found.well else found.what_to_do,
        }
        for found in findings
    ]
    show(rows, as_json=as_json, empty="There was nothing to check.")
    if not all(found.well for found in findings):
        raise typer.Exit(1)


async def examine(admin: AdminUrls) -> list[Finding]:
    """Every finding, servers first."""
    return [
        finding for source in (_postgres, _redis, _databases, _streams, _set_aside) async for finding in source(admin)
    ]


async def _postgres(admin: AdminUrls) -> AsyncGenerator[Finding]:
    async with connected(admin.postgres) as connection:
        version = int(await connection.fetchval("SHOW server_version_num"))
        open_databases = await connection.fetch(
            "SELECT datname FROM pg_database WHERE datname LIKE 'pairs!_%' ESCAPE '!' "
            "AND has_database_privilege('public', oid, 'CONNECT')"
        )
    yield Finding("PostgreSQL", version >= OLDEST_POSTGRES, f"version {version // 10_000}", "Upgrade to 15 or newer.")
    yield Finding(
        "Databases are closed to others",
        not open_databases,
        ", ".join(row["datname"] for row in open_databases) or "each to all but its own role",
        "REVOKE CONNECT ON DATABASE … FROM PUBLIC: a restored copy is open until then.",
    )


async def _redis(admin: AdminUrls) -> AsyncGenerator[Finding]:
    async with connect(admin.redis) as redis:
        about: dict[str, Any] = await redis.info("server")
        settings = {name: await _setting(redis, name) for name in ("appendonly", "maxmemory-policy", "aclfile")}
        default = [line for line in await ask(redis, "ACL", "LIST") if line.startswith(b"user default")]
    version = str(about.get("valkey_version") or about["redis_version"])
    new_enough = tuple(int(part) for part in version.split(".")[:2]) >= OLDEST_REDIS
    yield Finding("Redis or Valkey", new_enough, f"version {version}", "Upgrade to 7.2 or newer.")
    yield Finding(
        "Redis lets nobody in without a password",
        b" off " in default[0],
        "the default user is off" if b" off " in default[0] else "the default user is on",
        "Put `user default off` into the ACL file and start Redis again.",
    )
    kept = (
        settings["appendonly"] == "yes" and settings["maxmemory-policy"] == "noeviction" and bool(settings["aclfile"])
    )
    yield Finding(
        "Redis keeps what it is given",
        kept,
        ", ".join(f"{name} {value or 'none'}" for name, value in settings.items() if name != "aclfile"),
        "Set appendonly yes, maxmemory-policy noeviction and an aclfile.",
    )


async def _setting(redis: Any, name: str) -> str:
    answer = await ask(redis, "CONFIG", "GET", name)
    return answer[1].decode() if answer else ""


async def _databases(admin: AdminUrls) -> AsyncGenerator[Finding]:
    # Only here the command line needs SQLAlchemy, whose import takes as long as all else of a command.
    from shared.cli.audit_trouble import WHAT_TO_DO, audit_trouble  # noqa: PLC0415

    async with operator(admin) as redis:
        known = await teams(redis)
    for team, service in [*present(known), *((None, one.name) for one in discovery.of_region())]:
        database = database_name(team, service)
        if service not in discovery.services():
            what_to_do = "Ask where it is installed."
            yield Finding(f"{database}: tables", well=False, detail="no such service here", what_to_do=what_to_do)
            continue
        url = url_of(admin.postgres, database=database)
        found, wanted = await tables(url), head(service)
        revision = f"revision {found.revision}" if found else "none"
        yield Finding(f"{database}: tables", bool(found and found.fit(wanted)), revision, f"Migrate to {wanted}.")
        async with connected(url) as connection:
            trouble = await audit_trouble(connection, await audit_heads(admin, team, service))
            entries = await connection.fetchval("SELECT number FROM audit_head")
        yield Finding(f"{database}: audit trail", trouble is None, trouble or f"{entries} entries", WHAT_TO_DO)


async def _streams(admin: AdminUrls) -> AsyncGenerator[Finding]:
    for row in await lag(admin):
        ahead = _is_ahead(row["redis"], row["outbox"])
        trouble = ahead or row["waiting"] > 1000 or row["state"] in {"parked", "gap", "diverged", "not followed"}
        yield Finding(
            row["stream"],
            not trouble,
            f"{row['waiting']} waiting" + (f", {row['behind']} behind, {row['state']}" if row["state"] else ""),
            _advice("ahead" if ahead else row["state"] or "waiting").format(reader=row["reader"]),
        )
    for reader in await _readers(admin):
        for key, row in (await checkpoints(admin, reader)).items():
            if row["heard_at"] is None:
                check = f"{key}: heartbeat, heard by {reader.name}"
                yield Finding(check, well=False, detail="never heard", what_to_do=_advice("silent"))


async def _readers(admin: AdminUrls) -> list[Reader]:
    async with operator(admin) as redis:
        return readers(await teams(redis))


def _is_ahead(redis: str, outbox: str) -> bool:
    return tuple(map(int, redis.split("-"))) > tuple(map(int, outbox.split("-")))


def _advice(state: str) -> str:
    return {
        "ahead": "The team's database was restored to the past: run `pairs team restored`.",
        "parked": "A newer version was published: upgrade {reader}.",
        "gap": "Entries are missing and were asked for: look again in a minute.",
        "diverged": "The team's database was restored to the past: run `pairs team restored`.",
        "not followed": "{reader} does not read it: is it running, and was the team announced?",
        "silent": "The team's service does not run, or cannot reach Redis.",
    }.get(state, "The relay cannot send: look at the service's /readyz.")


async def _set_aside(admin: AdminUrls) -> AsyncGenerator[Finding]:
    for reader in await _readers(admin):
        async with connected(reader.url(admin)) as connection:
            letters = await connection.fetchval("SELECT count(*) FROM dead_letter WHERE resolved_at IS NULL")
        check = f"{reader.name}: dead letters"
        yield Finding(check, letters == 0, f"{letters} set aside", "See `pairs events dead-letters`.")
