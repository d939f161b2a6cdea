"""Alembic, as `shared.database.migrations` uses it; loaded only where tables are made."""

import asyncio
import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.migrations import HeadDiffers, head
from shared.tenancy.names import owner_role

_ENVIRONMENT = Path(__file__).parent / "environment"
_ALEMBIC = threading.Lock()
"""Alembic keeps what it is doing in module variables: one run at a time in a process."""


def run_alembic(url: str, database: str, to: str, folder: Path) -> None:
    """Upgrade, in a thread that may wait for another one.

    Raises:
        HeadDiffers: the file HEAD is not up to date.
    """
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
