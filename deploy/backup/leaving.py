"""What a team takes along: a database as `pg_restore` reads it, encrypted to the team's kit, on standard output.

    python -m deploy.backup.leaving blackpool referral     > blackpool-referral.dump.age
    python -m deploy.backup.leaving blackpool about        > blackpool-about.json

A backup opens in PaIRS only; this opens wherever there is PostgreSQL and age.
"""

import asyncio
import json
import os
import subprocess
import sys
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from deploy.backup.age import Recipient
from deploy.backup.kit import RECIPIENT
from deploy.backup.rows import rows_of
from shared.database.migrations import current
from shared.discovery import of_team
from shared.kernel.clock import machine_clock
from shared.kernel.postgres import connected
from shared.kernel.settings import variable
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name


def main() -> int:
    """What `pg_dump` ends with: the file is whole only if that is 0."""
    team, what = sys.argv[1:3]
    admin = variable("postgres_admin_url") or ""
    recipient = Recipient(RECIPIENT.read_text(encoding="ascii"))
    if what == "about":
        sys.stdout.write(json.dumps(asyncio.run(about(admin, team, recipient)), indent=2) + "\n")
        return 0
    return _dump(url_of(admin, database=database_name(team, what)), recipient)


async def about(admin: str, team: str, recipient: Recipient) -> dict[str, Any]:
    """How many rows each table has, so that whoever opens it can compare."""
    services: dict[str, Any] = {}
    for service in (one.name for one in of_team()):
        url = url_of(admin, database=database_name(team, service))
        async with connected(url) as connection:
            rows = await rows_of(connection)
        services[service] = {"revision": await current(url), "rows": rows}
    return {"team": team, "at": machine_clock().isoformat(), "for_key": recipient.key_id, "services": services}


def _dump(url: str, recipient: Recipient) -> int:
    parts = urlsplit(url)
    place = f"postgresql://{parts.username}@{parts.hostname}:{parts.port}{parts.path}"
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", place]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env=os.environ | {"PGPASSWORD": parts.password or ""}
    ) as dump:
        recipient.encrypt(cast("BinaryIO", dump.stdout), sys.stdout.buffer)
    return dump.returncode


if __name__ == "__main__":
    sys.exit(main())
