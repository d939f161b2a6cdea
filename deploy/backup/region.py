"""The region's own database as one file, encrypted to the region's emergency kit, and the way back from it.

    python -m deploy.backup.region kit                       makes the kit where there is none, and prints it once
    python -m deploy.backup.region copy    > COPY            as it is at one moment; reporting goes on serving
    python -m deploy.backup.region restore < KIT and COPY    the key in the first line, then the file

What teams told the region they tell it again; what people said of it (notes, targets, actions, subscriptions) and what
was frozen is here only. A restore fills a database beside the present one, looks at it, and only then they change
names: what it was before stays under another name. Whoever runs it has stopped reporting.
"""

import asyncio
import os
import subprocess
import sys
from datetime import datetime
from typing import BinaryIO, cast
from urllib.parse import urlsplit

import asyncpg

from deploy.backup import kit as kits
from deploy.backup.age import Kit, Recipient
from deploy.backup.rows import rows_of
from shared.audit.trail import first_tampered_entry
from shared.database.migrations import TABLES, newest
from shared.kernel.clock import machine_clock
from shared.kernel.errors import Refusal
from shared.kernel.postgres import Connection, connected
from shared.kernel.settings import variable
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name

SERVICE = "reporting"


class NotWhole(Refusal):
    """The copy cannot be laid out, or what it holds is not as it must be; nothing was changed."""


def main() -> int:
    """1 with a sentence when it is refused."""
    admin, database = variable("postgres_admin_url") or "", database_name(None, SERVICE)
    try:
        match sys.argv[1:]:
            case ["kit"]:
                kits.make("region")
            case ["copy"]:
                copy(admin, database, sys.stdout.buffer)
            case ["restore"]:
                key = sys.stdin.buffer.readline().decode("ascii", "replace")
                sys.stdout.write(restore(admin, database, Kit(key), sys.stdin.buffer) + "\n")
            case _:
                sys.stderr.write(__doc__ or "")
                return 2
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        return 1
    return 0


def copy(admin: str, database: str, target: BinaryIO) -> None:
    """With owners and rights, which are those of the accounts that each start makes.

    Raises:
        NotWhole: the database cannot be read whole; what was written is no copy.
    """
    recipient = Recipient(kits.RECIPIENT.read_text(encoding="ascii"))
    dumps = ["pg_dump", "--format=custom", _place(admin, database)]
    with subprocess.Popen(dumps, env=_password(admin), stdout=subprocess.PIPE) as dump:
        recipient.encrypt(cast("BinaryIO", dump.stdout), target)
    if dump.returncode:
        raise NotWhole("no_copy", "The database could not be read to its end: what was written is no copy.")


def restore(admin: str, database: str, kit: Kit, source: BinaryIO) -> str:
    """What it found, in a sentence.

    Raises:
        WrongKit, Altered, NotWhole: nothing was changed.
    """
    beside = f"{database}_restored"
    asyncio.run(_make_empty(admin, beside, database))
    try:
        fills = ["pg_restore", "--exit-on-error", "-d", _place(admin, beside)]
        with subprocess.Popen(fills, env=_password(admin), stdin=subprocess.PIPE) as tool:
            target = cast("BinaryIO", tool.stdin)
            kit.decrypt_all(source, target)
            target.close()
        if tool.returncode:
            raise NotWhole("no_restore", "PostgreSQL could not lay it out: nothing was changed.")
        return asyncio.run(_look_and_change(admin, database, beside, machine_clock()))
    except (Refusal, BrokenPipeError):
        asyncio.run(_drop(admin, beside))
        raise


async def _make_empty(admin: str, beside: str, like: str) -> None:
    await _drop(admin, beside)
    async with connected(admin) as connection:
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = $1"
        whose = await connection.fetchval(owner, like)
        await connection.execute(f'CREATE DATABASE "{beside}" TEMPLATE template0 OWNER "{whose}"')


async def _drop(admin: str, beside: str) -> None:
    async with connected(admin) as connection:
        await connection.execute(f'DROP DATABASE IF EXISTS "{beside}" WITH (FORCE)')


async def _look_and_change(admin: str, database: str, beside: str, now: datetime) -> str:
    async with connected(url_of(admin, database=beside)) as connection:
        rows = sum((await rows_of(connection)).values())
        await _look(connection)
        frozen = await connection.fetchval("SELECT max(month) FROM snapshot WHERE is_frozen")
    before = f"{database}_{now:%Y%m%dt%H%M%S}"
    async with connected(admin) as connection:
        try:
            async with connection.transaction():
                await connection.execute(f'ALTER DATABASE "{database}" RENAME TO "{before}"')
                await connection.execute(f'ALTER DATABASE "{beside}" RENAME TO "{database}"')
        except asyncpg.ObjectInUseError:
            raise NotWhole("in_use", "Somebody is in the region’s database: stop reporting first.") from None
        await connection.execute(f'ALTER DATABASE "{before}" ALLOW_CONNECTIONS false')
    last = f"the last frozen month is {frozen:%B %Y}" if frozen else "no month is frozen in it"
    return f"{rows} rows, {last}. What it was before is the database {before}, which nobody can open."


async def _look(connection: Connection) -> None:
    entry = await first_tampered_entry(connection)
    if entry is not None:
        raise NotWhole("tampered", f"Entry {entry} of its audit trail was tampered with: nothing was changed.")
    [row] = await connection.fetch(TABLES)
    if row[0] > newest(SERVICE):
        raise NotWhole("later", f"Its tables are of a later version ({row[0]}): name that one in PAIRS_VERSION.")


def _password(admin: str) -> dict[str, str]:
    return os.environ | {"PGPASSWORD": urlsplit(admin).password or ""}


def _place(admin: str, database: str) -> str:
    parts = urlsplit(url_of(admin, database=database))
    return f"postgresql://{parts.username}@{parts.hostname}:{parts.port}{parts.path}"


if __name__ == "__main__":
    sys.exit(main())
