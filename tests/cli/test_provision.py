"""What must be there before a service starts is made by two commands that end; run again, they change nothing."""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import httpx
import pytest

from shared import discovery
from shared.database.migrations import newest
from shared.streams.connection import connect
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import drop_database, url_of
from shared.tenancy.names import database_name, redis_user
from shared.tenancy.redis_door import ask
from tests.cli import command_line
from tests.process_memory import megabytes, most_megabytes

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def slug(servers: AdminUrls) -> AsyncIterator[str]:
    slug = f"team-{secrets.token_hex(4)}"
    yield slug
    async with connect(servers.redis) as redis:
        for service in discovery.of_team():
            await drop_database(servers.postgres, database_name(slug, service.name))
            await ask(redis, "ACL", "DELUSER", redis_user(slug, service.name))


async def pairs(servers: AdminUrls, *words: str) -> tuple[int, Any, str]:
    """Exit code, the JSON that it says, and what it says besides."""
    environment = {"PAIRS_POSTGRES_ADMIN_URL": servers.postgres, "PAIRS_REDIS_ADMIN_URL": servers.redis}
    ended = await asyncio.to_thread(command_line.pairs, *words, "--json", environment=environment)
    return ended.returncode, json.loads(ended.stdout) if ended.stdout else None, ended.stderr


async def everything(servers: AdminUrls, slug: str, folder: Path) -> list[Any]:
    """Roles, databases, tables and their revision, Redis users, the registry, and the files with their times."""
    connection = await asyncpg.connect(servers.postgres)
    roles = await connection.fetch("SELECT rolname, rolpassword FROM pg_authid WHERE rolname LIKE 'pairs%' ORDER BY 1")
    databases = await connection.fetch("SELECT datname, datacl::text FROM pg_database ORDER BY 1")
    await connection.close()
    revisions = []
    for service in discovery.of_team():
        connection = await asyncpg.connect(url_of(servers.postgres, database=database_name(slug, service.name)))
        revisions += await connection.fetch("SELECT relname, relacl::text FROM pg_class WHERE relkind = 'r' ORDER BY 1")
        revisions += await connection.fetch("SELECT * FROM alembic_version")
        await connection.close()
    async with connect(servers.redis) as redis:
        users, registry = await ask(redis, "ACL", "LIST"), await redis.xrange("pairs:registry")
    files = [(str(path), path.stat().st_mtime_ns, path.stat().st_mode) for path in sorted(below(folder))]
    return [roles, databases, revisions, sorted(users), registry, files]


def below(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))


async def test_a_team_that_is_provisioned_and_migrated_starts_with_its_files_and_nothing_else(
    servers: AdminUrls, slug: str, tmp_path: Path
) -> None:
    assert (await pairs(servers, "provision", slug, "--secrets", str(tmp_path)))[0] == 0
    code, migrated, said = await pairs(servers, "migrate", slug)

    assert code == 0, said
    assert [(row["service"], row["before"]) for row in migrated] == [(one.name, None) for one in discovery.of_team()]
    for service in discovery.of_team():
        ready = await answers(f"{service.package}.app", slug, tmp_path / f"{slug}.{service.name}")
        assert ready.status == 200
        assert ready.megabytes < most_megabytes(service)


class Ready(NamedTuple):
    """What a service answered at last, and what it took then."""

    status: int
    megabytes: float


async def answers(module: str, slug: str, folder: Path) -> Ready:
    """Once the service has said that it is ready, or a minute has gone."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        port, private_port = one.getsockname()[1], other.getsockname()[1]
    told = [path for path in below(folder) if path.name != "pgpass"]
    files = {f"PAIRS_{path.name.upper().replace('-', '_')}_FILE": str(path) for path in told}
    settings = {"TEAM": slug, "PORT": port, "PRIVATE_PORT": private_port, "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    files["PGPASSFILE"] = str(folder / "pgpass")
    environment = os.environ | files | {f"PAIRS_{name}": str(value) for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, cwd=ROOT, env=environment)
    status = 0
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            with contextlib.suppress(httpx.TransportError):
                status = (await client.get(f"http://127.0.0.1:{private_port}/readyz")).status_code
            if status == 200 or process.returncode is not None:
                break
            await asyncio.sleep(0.2)
    ready = Ready(status, megabytes(process.pid) if process.returncode is None else 0)
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    await process.wait()
    return ready


async def test_a_second_run_changes_nothing(servers: AdminUrls, slug: str, tmp_path: Path) -> None:
    await pairs(servers, "provision", slug, "--secrets", str(tmp_path))
    await pairs(servers, "migrate", slug)
    before = await everything(servers, slug, tmp_path)

    provisioned = await pairs(servers, "provision", slug, "--secrets", str(tmp_path))
    migrated = await pairs(servers, "migrate", slug)

    assert [provisioned[0], migrated[0]] == [0, 0]
    assert await everything(servers, slug, tmp_path) == before
    assert all(row["before"] == row["after"] == newest(row["service"]) for row in migrated[1])


async def test_what_is_secret_is_for_its_owner_only_and_is_never_printed(
    servers: AdminUrls, slug: str, tmp_path: Path
) -> None:
    _, rows, said = await pairs(servers, "provision", slug, "--secrets", str(tmp_path))

    files = [path for path in below(tmp_path) if path.is_file()]
    assert len(files) > 3
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in below(tmp_path) if path.is_dir()} == {0o700}
    assert not any(path.read_text() in json.dumps(rows) + said for path in files)


async def test_tables_before_a_database_are_refused_with_what_to_do_first(servers: AdminUrls, slug: str) -> None:
    code, _, said = await pairs(servers, "migrate", slug)

    assert code == 1
    assert f"`pairs provision {slug}` first" in said


@pytest.mark.parametrize("slug", ["Preston", "postgres", "*", "../x"])
async def test_a_name_that_no_team_can_have_is_refused_and_leaves_nothing(
    servers: AdminUrls, slug: str, tmp_path: Path
) -> None:
    code, _, said = await pairs(servers, "provision", slug, "--secrets", str(tmp_path))

    assert code == 1
    assert "Traceback" not in said
    assert below(tmp_path) == []
