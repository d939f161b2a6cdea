"""`pairs doctor`: is everything as it must be, and if not, what to do about it.

Each check looks at the real servers and processes and says what it found in one line. Exit code 0 when all is well,
1 when something is not, 69 when a server does not answer.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Annotated

import asyncpg
import typer

from shared import discovery
from shared.cli.alarms import alarm_findings
from shared.cli.finding import EVERYTHING, SILENT, Finding, Scope
from shared.cli.installation import DEFAULT_STATE, State, admin_urls, run
from shared.cli.listing import AsJson, show
from shared.cli.looking import asked, looked, tables_in
from shared.cli.processes import process_findings
from shared.cli.readers import Reader, audit_heads, checkpoints, present, readers
from shared.cli.redis_found import redis_findings
from shared.cli.streams_found import stream_findings
from shared.cli.tool import EX_UNAVAILABLE
from shared.cli.unanswered import UNANSWERED
from shared.contracts.streams import stream_of
from shared.database.migrations import head
from shared.kernel.postgres import Connection
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.tenancy.provisioning import operator
from shared.tenancy.registry import teams

OLDEST_POSTGRES = 150_000
Only = Annotated[
    str | None, typer.Option("--only", help="A team's slug, or `region`: where each has a PostgreSQL of its own.")
]
_SERVER_SECONDS = 10


def doctor(*, only: Only = None, state: State = DEFAULT_STATE, as_json: AsJson = False) -> None:
    """Check servers, processes, databases, streams and readers, and say what to do."""
    findings = run(examine(admin_urls(state), state, Scope(only)))
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
    if any(found.detail.startswith(SILENT) for found in findings):
        raise typer.Exit(EX_UNAVAILABLE)
    if not all(found.well for found in findings):
        raise typer.Exit(1)


async def examine(admin: AdminUrls, state: Path, scope: Scope = EVERYTHING) -> list[Finding]:
    """Every finding, servers first; one that is down is one, and then what needs it is not looked at."""
    servers = [
        *await _of_a_server("PostgreSQL", _postgres(admin)),
        *await _of_a_server("Redis or Valkey", redis_findings(admin)),
    ]
    processes = [finding async for finding in process_findings(state, scope)]
    if any(found.detail.startswith(SILENT) for found in servers):
        return [*servers, *processes]
    found = [*servers, *processes]
    for name, source in _SOURCES.items():
        try:
            async for finding in looked(name, source(admin, scope), admin):
                found.append(finding)  # noqa: PERF401 - what was found is told, also when the next is not
        except UNANSWERED as error:
            detail = f"{SILENT} any more ({type(error).__name__}): not all was looked at"
            found.append(Finding("PostgreSQL or Redis", well=False, detail=detail, what_to_do="Look again."))
            break
    return found


async def _of_a_server(name: str, source: AsyncGenerator[Finding]) -> list[Finding]:
    try:
        async with asyncio.timeout(_SERVER_SECONDS):
            return [finding async for finding in source]
    except (*UNANSWERED, asyncpg.PostgresError) as error:
        detail = f"{SILENT} ({type(error).__name__}): databases and streams were not looked at"
        return [
            Finding(name, well=False, detail=detail, what_to_do="Start it, or wait until it is there; then look again.")
        ]


async def _postgres(admin: AdminUrls) -> AsyncGenerator[Finding]:
    async with asked(admin.postgres) as connection:
        version = int(await connection.fetchval("SHOW server_version_num"))
        open_databases = await connection.fetch(
            "SELECT datname FROM pg_database WHERE datname LIKE 'pairs!_%' ESCAPE '!' "
            "AND has_database_privilege('public', oid, 'CONNECT')"
        )
        refused = await _refuses_to_write(connection)
    yield Finding("PostgreSQL", version >= OLDEST_POSTGRES, f"version {version // 10_000}", "Upgrade to 15 or newer.")
    yield Finding(
        "PostgreSQL can write",
        not refused,
        type(refused).__name__ if refused else "yes",
        _READ_ONLY if isinstance(refused, asyncpg.ReadOnlySQLTransactionError) else _NO_ROOM,
    )
    yield Finding(
        "Databases are closed to others",
        not open_databases,
        ", ".join(row["datname"] for row in open_databases) or "each to all but its own role",
        "REVOKE CONNECT ON DATABASE … FROM PUBLIC: a restored copy is open until then.",
    )


_WRITES = "CREATE TEMPORARY TABLE room ON COMMIT DROP AS SELECT generate_series(1, 40000)"
"""Some 1.4 MB, which a disk has that is not full. It is no event; in a backup is only that a table came and went."""


_NO_ROOM = "Make room on its disk, or wait until it is there again; nothing that was answered is lost."
_READ_ONLY = (
    "It only reads: a copy that follows another server, or `default_transaction_read_only` is on. "
    "Name the server that writes, or switch that off."
)


async def _refuses_to_write(connection: Connection) -> asyncpg.PostgresError | None:
    """Why; None when it does not."""
    try:
        async with connection.transaction():
            await connection.execute(_WRITES)
    except asyncpg.PostgresError as error:
        return error
    return None


async def _registry(admin: AdminUrls, scope: Scope) -> AsyncGenerator[Finding]:
    """What is in PostgreSQL is there, also when Redis has forgotten it."""
    async with operator(admin) as redis:
        known = await teams(redis)
    async with asked(admin.postgres) as connection:
        rows = await connection.fetch(
            "SELECT datname FROM pg_database WHERE datname LIKE 'pairs!_%' ESCAPE '!' ORDER BY 1"
        )
    expected = {database_name(team, service) for team, state in known.items() for service in state.services}
    expected |= {database_name(None, one.name) for one in discovery.of_region()}
    lost = {row["datname"] for row in rows} - expected
    if scope.has(None):
        for reader in readers({}):
            read = await checkpoints(admin, reader)
            lost |= {stream_of(key).team for key, row in read.items() if row["state"] != "left"} - known.keys()
    elif scope.only not in known:
        lost.add(scope.only or "")
    yield Finding(
        "The registry knows every team",
        not lost,
        ", ".join(sorted(lost)) + ": not known to it" if lost else f"{len(known)} teams",
        "Redis has lost it. `pairs up` says it again by itself; elsewhere: `pairs provision TEAM`, `deploy/team add`.",
    )


async def _databases(admin: AdminUrls, scope: Scope) -> AsyncGenerator[Finding]:
    async with operator(admin) as redis:
        known = await teams(redis)
    everything = [*present(known), *((None, one.name) for one in discovery.of_region())]
    for team, service in [one for one in everything if scope.has(one[0])]:
        look = _database(admin, team, service, compares=scope.has(None))
        async for finding in looked(database_name(team, service), look, admin):
            yield finding


async def _database(admin: AdminUrls, team: str | None, service: str, *, compares: bool) -> AsyncGenerator[Finding]:
    """Args: compares: with what the region heard, whose database is here too."""
    # Only here the command line needs SQLAlchemy, whose import takes as long as all else of a command.
    from shared.cli.audit_trouble import WHAT_TO_DO, audit_trouble  # noqa: PLC0415

    database = database_name(team, service)
    if service not in discovery.services():
        what_to_do = "Ask where it is installed."
        yield Finding(f"{database}: tables", well=False, detail="no such service here", what_to_do=what_to_do)
        return
    url = url_of(admin.postgres, database=database)
    try:
        found, wanted = await tables_in(url), head(service)
    except asyncpg.InvalidCatalogNameError:
        what_to_do = "Restore it from its backup, or make it with `pairs provision`."
        yield Finding(f"{database}: tables", well=False, detail="there is no such database", what_to_do=what_to_do)
        return
    revision = f"revision {found.revision}" if found else "none"
    yield Finding(f"{database}: tables", bool(found and found.fit(wanted)), revision, f"Migrate to {wanted}.")
    async with asked(url) as connection:
        trouble = await audit_trouble(connection, await audit_heads(admin, team, service) if compares else [])
        entries = await connection.fetchval("SELECT number FROM audit_head")
    yield Finding(f"{database}: audit trail", trouble is None, trouble or f"{entries} entries", WHAT_TO_DO)


async def _set_aside(admin: AdminUrls, scope: Scope) -> AsyncGenerator[Finding]:
    async with operator(admin) as redis:
        every = readers(await teams(redis))
    for reader in [one for one in every if scope.has(one.team)]:
        async for finding in looked(f"{reader.name}: dead letters", _letters(admin, reader), admin):
            yield finding


async def _letters(admin: AdminUrls, reader: Reader) -> AsyncGenerator[Finding]:
    if await reader.fits(admin):
        async with asked(reader.url(admin)) as connection:
            letters = await connection.fetchval("SELECT count(*) FROM dead_letter WHERE resolved_at IS NULL")
        check = f"{reader.name}: dead letters"
        yield Finding(check, letters == 0, f"{letters} set aside", "See `pairs events dead-letters`.")


_SOURCES: dict[str, Callable[[AdminUrls, Scope], AsyncGenerator[Finding]]] = {
    "Registry": _registry,
    "Databases": _databases,
    "Streams": stream_findings,
    "Dead letters": _set_aside,
    "Alarms": alarm_findings,
}
"""What is looked at once the servers answer."""
