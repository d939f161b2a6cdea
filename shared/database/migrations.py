"""Migrations: brings a service's database to a version, and tells which one it has.

A service's `database/migrations/` holds `versions/*.py` (Alembic) and the file `HEAD` with the newest revision's id:
two branches that both add a migration then conflict in git, and a process can compare without loading Alembic.
"""

import asyncio
import threading
from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared import discovery
from shared.kernel.errors import Refusal
from shared.kernel.postgres import connected
from shared.tenancy.databases import url_of
from shared.tenancy.names import owner_role

_ENVIRONMENT = Path(__file__).parent / "environment"
_ALEMBIC = threading.Lock()
"""Alembic keeps what it is doing in module variables: one run at a time in a process."""


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
    folder = folder or migrations_folder(service)
    await asyncio.to_thread(_upgrade, url_of(admin_url, database=database), database, to, folder)


def _upgrade(url: str, database: str, to: str, folder: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(_ENVIRONMENT))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(folder / "versions"))
    with _ALEMBIC:
        _check_head(config, folder)
        asyncio.run(_run(config, url, database, to))


def _check_head(config: Config, folder: Path) -> None:
    newest = ScriptDirectory.from_config(config).get_heads()
    if newest != [head("", folder=folder)]:
        raise HeadDiffers("migration_head", f"{folder / 'HEAD'} must name the one newest migration: {newest}.")


async def _run(config: Config, url: str, database: str, to: str) -> None:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.connect() as connection:

            def run(plain: object) -> None:
                config.attributes.update(connection=plain, database=database, owner=owner_role(database))
                command.upgrade(config, to)

            await connection.run_sync(run)
    finally:
        await engine.dispose()
