"""Beside a team's PostgreSQL: encrypts what it writes, and a copy of everything each week, and puts both on the shelf.

    python -m deploy.backup.ship blackpool

What PostgreSQL has finished writing lies in the spool until it is on the shelf. While the shelf cannot be written to,
it stays there: nothing is deleted that was not put away, and the figures say so (`deploy.backup.figures`).
"""

import asyncio
import contextlib
import json
import math
import os
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import asyncpg
import structlog

from deploy.backup.age import Recipient
from deploy.backup.figures import exposed, figures
from deploy.backup.places import DATABASE, EVERY, KEPT, OWN, RECIPIENT, SHELF, SPOOL
from deploy.backup.shelf import Base, Shelf, Wal, moment_of, stamp
from shared.kernel.clock import machine_clock, machine_stopwatch
from shared.kernel.error_code import code_of
from shared.kernel.postgres import connected

FIGURES = Path("/http/backup.metrics")
WANTED = "base-wanted"
"""A file in the spool: make a copy now."""
LOOK_SECONDS, AGAIN_SECONDS, TELL_SECONDS = 2.0, 8.0, 15.0

log = structlog.get_logger()


def main(team: str) -> None:
    """Until it is told to stop; what fails is tried again."""
    shelf, told_at = Shelf(SHELF), -math.inf
    while True:
        try:
            ship(shelf)
            if is_due(shelf, machine_clock()):
                make_base(shelf, team)
            (SPOOL / "trouble").unlink(missing_ok=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is among the figures and tried again
            log.warning("backup_waits", trouble=code_of(error))
            (SPOOL / "trouble").write_text(code_of(error), encoding="ascii")
            time.sleep(AGAIN_SECONDS)
        (SPOOL / "alive").touch()
        if machine_stopwatch() - told_at >= TELL_SECONDS:
            tell(machine_clock())
            told_at = machine_stopwatch()
        time.sleep(LOOK_SECONDS)


def tell(now: datetime) -> None:
    """Prometheus what is known, by a file that the gateway shows it."""
    with contextlib.suppress(OSError, asyncpg.PostgresError):  # it is absent then, and that is an alarm
        text = exposed(asyncio.run(figures(now)), now)
        draft = FIGURES.with_name(".backup.metrics")
        draft.write_text(text, encoding="ascii")
        draft.replace(FIGURES)


def ship(shelf: Shelf) -> None:
    """Put away all that the spool holds, the oldest first."""
    shelf.wal.mkdir(exist_ok=True)
    recipient = Recipient(RECIPIENT.read_text(encoding="ascii"))
    for path in sorted((SPOOL / "wal").glob("[!.]*")):
        wal = Wal(path.name, stamp(machine_clock()))
        _encrypt(recipient, path, shelf.wal / wal.file)
        path.unlink()


def _encrypt(recipient: Recipient, source: Path, target: Path) -> None:
    draft = target.with_name(f".{target.name}")
    with source.open("rb") as plain, draft.open("wb") as encrypted:
        recipient.encrypt(plain, encrypted)
        encrypted.flush()
        os.fsync(encrypted.fileno())
    draft.replace(target)


def is_due(shelf: Shelf, now: datetime) -> bool:
    """Whether a copy is wanted: there is none, it is a week old, the team was restored since, or somebody asked."""
    bases = shelf.bases()
    if not bases or (SPOOL / WANTED).exists() or now - moment_of(bases[-1].at) >= EVERY:
        return True
    return any(one.timeline > bases[-1].first_wal[:8] for one in shelf.shipped())


def make_base(shelf: Shelf, team: str) -> None:
    """A copy of everything, whole or not at all; then what is older than five weeks goes, but for the last two."""
    recipient = Recipient(RECIPIENT.read_text(encoding="ascii"))
    draft = shelf.base / ".being-made"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    first_wal, size = asyncio.run(_where_it_begins())
    _copy(recipient, draft / "base.tar.age")
    keys = {path.name: path.read_text(encoding="ascii") for path in sorted(OWN.glob(f"{team}.*-key"))}
    plain = draft / "keys"
    plain.write_text(json.dumps(keys), encoding="ascii")
    _encrypt(recipient, plain, draft / "keys.age")
    plain.unlink()
    at = stamp(machine_clock())
    shelf.put_about(draft, Base(at, first_wal, size, recipient.key_id, os.environ["PAIRS_VERSION"]))
    draft.replace(shelf.base / at)
    (SPOOL / WANTED).unlink(missing_ok=True)
    log.info("base_made", at=at)
    _take_away(shelf)


async def _where_it_begins() -> tuple[str, int]:
    """The file of WAL that is being written, and the size of each in bytes."""
    async with connected(DATABASE) as connection:
        first = await connection.fetchval("SELECT pg_walfile_name(pg_current_wal_lsn())")
        size = await connection.fetchval("SELECT setting FROM pg_settings WHERE name = 'wal_segment_size'")
    return first, int(size)


def _copy(recipient: Recipient, target: Path) -> None:
    """`pg_basebackup` gives one archive with its own list of checksums in it."""
    command = ["pg_basebackup", "--dbname", DATABASE, "--no-password", "--pgdata", "-", "--format", "tar"]
    with subprocess.Popen(
        [*command, "--wal-method", "fetch", "--checkpoint", "fast"], stdout=subprocess.PIPE
    ) as copying:
        assert copying.stdout  # noqa: S101 - it was asked for
        with target.open("wb") as encrypted:
            recipient.encrypt(copying.stdout, encrypted)  # pyright: ignore[reportArgumentType]
            encrypted.flush()
            os.fsync(encrypted.fileno())
    if copying.returncode:
        raise OSError("pg_basebackup failed")


def _take_away(shelf: Shelf) -> None:
    bases = shelf.bases()
    limit = stamp(machine_clock() - KEPT)
    for base in bases[:-2]:
        if base.at < limit:
            shutil.rmtree(shelf.base / base.at)
    oldest = shelf.bases()[0]
    for wal in shelf.shipped():
        if wal.is_segment and wal.name < oldest.first_wal and wal.shipped < oldest.at:
            (shelf.wal / wal.file).unlink()


if __name__ == "__main__":
    main(sys.argv[1])
