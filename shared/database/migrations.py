"""Migrations: brings a service's database to a version, and tells which one it has.

A service's `database/migrations/` holds `versions/*.py` (Alembic) and the file `HEAD` with the newest revision's id:
two branches that both add a migration then conflict in git, and a process can compare without loading Alembic.
"""

import asyncio
from pathlib import Path

import asyncpg

from shared import discovery
from shared.kernel.errors import Refusal
from shared.kernel.postgres import connected
from shared.tenancy.databases import url_of


class HeadDiffers(Refusal):
    """The file HEAD does not name the newest migration, or there are two newest ones."""


def migrations_folder(service: str) -> Path:
    """Raises KeyError when there is no such service here."""
    return discovery.service(service).folder / "database" / "migrations"


def head(service: str, *, folder: Path | None = None) -> str:
    """The revision that this code expects of the database."""
    return ((folder or migrations_folder(service)) / "HEAD").read_text(encoding="ascii").strip()


async def current(database_url: str) -> str | None:
    """The revision that the database has; None when it has no tables yet. The app's role may ask."""
    async with connected(database_url) as connection:
        try:
            return await connection.fetchval("SELECT version_num FROM alembic_version")
        except asyncpg.UndefinedTableError:
            return None


async def upgrade(admin_url: str, service: str, database: str, *, to: str = "head", folder: Path | None = None) -> None:
    """Brings the database to a revision, in one transaction; one that has it already is left alone.

    Args:
        admin_url: address of a superuser of the server.
        service: whose migrations.
        database: from `database_name`.
        to: a revision's id, or `head`.
        folder: where `versions/` and `HEAD` are, if not in the service.

    Raises:
        HeadDiffers: the file HEAD is not up to date.
    """
    from shared.database.alembic_run import run_alembic  # noqa: PLC0415 - 10 MB that no serving process needs

    folder = folder or migrations_folder(service)
    await asyncio.to_thread(run_alembic, url_of(admin_url, database=database), database, to, folder)
