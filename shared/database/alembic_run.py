"""Alembic, as `shared.database.migrations` uses it; loaded only where tables are made."""

import asyncio
import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.migrations import HeadDiffers, newest
from shared.tenancy.names import owner_role

_ENVIRONMENT = Path(__file__).parent / "environment"
_ALEMBIC = threading.Lock()
"""Alembic keeps what it is doing in module variables: one run at a time in a process."""


def run_alembic(url: str, database: str, to: str, folder: Path, from_now_on: str) -> None:
    """Upgrade, in a thread that may wait for another one.

    Args:
        from_now_on: HEAD of the oldest code that is to work on the tables, where it is less old than it could be.

    Raises:
        HeadDiffers: the file HEAD is not up to date.
    """
    config = _config(folder)
    with _ALEMBIC:
        _check_head(config, folder)
        asyncio.run(_run(config, url, database, to, from_now_on))


def oldest_code_at(folder: Path, to: str) -> str:
    """HEAD of the oldest code that can work on the tables of a revision."""
    return oldest_code(ScriptDirectory.from_config(_config(folder)), to)


def oldest_code(scripts: ScriptDirectory, to: str) -> str:
    """What the migrations up to a revision say of it; one that says nothing is for its own code."""
    return max(getattr(one.module, "oldest_code", one.revision) for one in scripts.walk_revisions("base", to))


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_ENVIRONMENT))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(folder / "versions"))
    return config


def _check_head(config: Config, folder: Path) -> None:
    found = ScriptDirectory.from_config(config).get_heads()
    if found != [newest("", folder=folder)]:
        raise HeadDiffers("migration_head", f"{folder / 'HEAD'} must name the one newest migration: {found}.")


async def _run(config: Config, url: str, database: str, to: str, from_now_on: str) -> None:
    address = url.replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(address, poolclass=NullPool, hide_parameters=True)
    try:
        async with engine.connect() as connection:

            def run(plain: object) -> None:
                said = max(oldest_code(ScriptDirectory.from_config(config), to), from_now_on)
                config.attributes.update(
                    connection=plain, database=database, owner=owner_role(database), oldest_code=said
                )
                command.upgrade(config, to)

            await connection.run_sync(run)
    finally:
        await engine.dispose()
