"""Migrations: brings a service's database to a version, and tells which code may work on it.

A service's `database/migrations/` holds `versions/*.py` (Alembic) and the file `HEAD` with the newest revision's id:
two branches that both add a migration then conflict in git, and a process can compare without loading Alembic.

A migration that older code can work with says so: `oldest_code = "0036"` is the HEAD of the oldest that can. One that
says nothing is for its own code only. So an upgrade **expands** the tables while the older code runs, and **contracts**
them when none of it is left: HEAD names what the code needs, and behind it the last migration that only takes away.
"""

import asyncio
import random
from pathlib import Path
from typing import NamedTuple

import asyncpg

from shared import discovery
from shared.kernel.errors import Refusal
from shared.kernel.postgres import connected
from shared.tenancy.databases import url_of

TRIES = 10
"""Of a migration that does not get its lock within 3 seconds; between them whoever waits behind it gets through."""


class HeadDiffers(Refusal):
    """The file HEAD does not name the newest migration, or there are two newest ones."""


class OldCodeWouldStop(Refusal):
    """What runs now could not work on the tables that were asked for."""


class Tables(NamedTuple):
    """What a database has."""

    revision: str
    oldest_code: str
    """HEAD of the oldest code that can work on them."""

    def fit(self, code: str) -> bool:
        """Whether code with this HEAD can work on them. Pure."""
        return self.oldest_code <= code <= self.revision


TABLES = "SELECT version_num, coalesce(to_jsonb(alembic_version) ->> 'oldest_code', version_num) FROM alembic_version"
"""What `Tables` says, for those who have a connection; the app's role may ask."""


def migrations_folder(service: str) -> Path:
    """Raises KeyError when there is no such service here."""
    return discovery.service(service).folder / "database" / "migrations"


def head(service: str, *, folder: Path | None = None) -> str:
    """The revision that this code needs of the database."""
    return _heads(service, folder)[0]


def newest(service: str, *, folder: Path | None = None) -> str:
    """The revision at which nothing is left that only older code needs."""
    return _heads(service, folder)[-1]


def _heads(service: str, folder: Path | None) -> list[str]:
    return ((folder or migrations_folder(service)) / "HEAD").read_text(encoding="ascii").split()


async def tables(database_url: str, *, answers_within: float | None = None) -> Tables | None:
    """What the database has; None when it has no tables yet. The app's role may ask.

    Args:
        answers_within: as of `shared.kernel.postgres.connected`.
    """
    async with connected(database_url, answers_within=answers_within) as connection:
        try:
            row = await connection.fetchrow(TABLES)
        except asyncpg.UndefinedTableError:
            return None
        return Tables(*row) if row else None


async def current(database_url: str) -> str | None:
    """The revision that the database has; None when it has no tables yet."""
    found = await tables(database_url)
    return found.revision if found else None


async def upgrade(  # noqa: PLR0913 - all by name
    admin_url: str,
    service: str,
    database: str,
    *,
    to: str = "head",
    folder: Path | None = None,
    while_serving: bool = False,
    none_older: bool = False,
) -> None:
    """Brings the database to a revision, in one transaction.

    Tables that were not there before are for this code: none that is older works on them.

    Args:
        admin_url: address of a superuser of the server.
        service: whose migrations.
        database: from `database_name`.
        to: a revision's id, or `head` for the newest.
        folder: where `versions/` and `HEAD` are, if not in the service.
        while_serving: whether code that can work on the tables now must be able to afterwards.
        none_older: whether from now on no code works on them that is older than this.

    Raises:
        HeadDiffers: the file HEAD is not up to date.
        OldCodeWouldStop: it would not be able to.
        asyncpg.LockNotAvailableError, from SQLAlchemy: another transaction held a table all the time.
    """
    # 10 MB, for making tables only
    from shared.database.alembic_run import oldest_code_at, run_alembic  # noqa: PLC0415
    from shared.database.trouble import cause_of  # noqa: PLC0415

    folder, url = folder or migrations_folder(service), url_of(admin_url, database=database)
    before = await tables(url)
    if while_serving and before and oldest_code_at(folder, to) > before.oldest_code:
        raise OldCodeWouldStop(
            "old_code_would_stop",
            f"{database}: what runs now could not work on these tables. Finish the upgrade before this one first; "
            "if it is finished, stop the services for this one.",
        )
    from_now_on = min(to, head(service, folder=folder)) if none_older or before is None else ""
    for left in reversed(range(TRIES)):
        try:
            await asyncio.to_thread(run_alembic, url, database, to, folder, from_now_on)
        except Exception as error:
            if not left or not isinstance(cause_of(error), asyncpg.LockNotAvailableError):
                raise
        else:
            return
        await asyncio.sleep(random.uniform(0.5, 1.5))  # noqa: S311 - spreads load, keeps no secret
