"""What is known of a team's backups, and what of it is an alarm.

    python -m deploy.backup.figures          a line each; 1 when there is an alarm
    python -m deploy.backup.figures --json

It runs in the container that ships them.
"""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from deploy.backup.places import DATABASE, EVERY, SHELF, SPOOL
from deploy.backup.shelf import Shelf, moment_of
from shared.kernel.clock import machine_clock
from shared.kernel.postgres import connected

REHEARSED = SHELF / "rehearsed"
"""When a restore was last tried and found whole, as a stamp."""
LATE_SECONDS, BASE_DAYS = 300, EVERY.days + 1

_ARCHIVER = """
    SELECT failed_count, last_failed_time > coalesce(last_archived_time, '-infinity') AS is_failing,
           extract(epoch FROM now() - last_archived_time)::bigint AS archived_seconds
    FROM pg_stat_archiver
"""


@dataclass(frozen=True)
class Figures:
    """Ages in seconds; none: it never happened."""

    archive_failures: int
    """How often PostgreSQL could not write into the spool, since it began to count."""
    archive_is_failing: bool
    archived_seconds: int | None
    """Since it last could. A database in which nothing happens has nothing to write."""
    spool_files: int
    spool_bytes: int
    spool_oldest_seconds: int
    """How long the oldest file has been waiting for the shelf."""
    base_seconds: int | None
    rehearsed_seconds: int | None
    """Before a restore was ever rehearsed, since the first copy."""
    trouble: str
    """A code for why the shelf cannot be written to; empty when it can."""

    def alarms(self) -> list[str]:
        """What somebody must look at now, in words. Pure."""
        days = timedelta(days=BASE_DAYS).total_seconds()
        found = {
            "PostgreSQL cannot write into the spool": self.archive_is_failing,
            f"{self.spool_files} files wait for the shelf": self.spool_oldest_seconds > LATE_SECONDS,
            f"The shelf cannot be written to: {self.trouble}": bool(self.trouble),
            f"No copy was made for {BASE_DAYS} days": self.base_seconds is None or self.base_seconds > days,
            f"No restore was rehearsed for {BASE_DAYS} days": (self.rehearsed_seconds or 0) > days,
        }
        return [sentence for sentence, holds in found.items() if holds]


def exposed(found: Figures, now: datetime) -> str:
    """For Prometheus, as every service says of itself; what never happened is absent. Pure."""
    numbers = {name: value for name, value in asdict(found).items() if isinstance(value, int)}
    numbers |= {"has_trouble": bool(found.trouble), "told_timestamp_seconds": int(now.timestamp())}
    return "".join(f"pairs_backup_{name} {int(value)}\n" for name, value in numbers.items())


async def figures(now: datetime) -> Figures:
    """As they are now. Raises what asyncpg raises when PostgreSQL does not answer."""
    shelf = Shelf(SHELF)
    async with connected(DATABASE) as connection:
        archiver = await connection.fetchrow(_ARCHIVER)
    assert archiver is not None  # noqa: S101 - there is one row, always
    waiting = [path.stat() for path in (SPOOL / "wal").glob("[!.]*")]
    trouble = SPOOL / "trouble"
    bases = shelf.bases()
    rehearsed = REHEARSED.read_text(encoding="ascii").strip() if REHEARSED.exists() else bases[0].at if bases else None
    return Figures(
        archive_failures=archiver["failed_count"],
        archive_is_failing=bool(archiver["is_failing"]),
        archived_seconds=archiver["archived_seconds"],
        spool_files=len(waiting),
        spool_bytes=sum(one.st_size for one in waiting),
        spool_oldest_seconds=int(max((now.timestamp() - one.st_mtime for one in waiting), default=0)),
        base_seconds=_since(bases[-1].at, now) if bases else None,
        rehearsed_seconds=_since(rehearsed, now) if rehearsed else None,
        trouble=trouble.read_text(encoding="ascii") if trouble.exists() else "",
    )


def _since(at: str, now: datetime) -> int:
    return int((now - moment_of(at)).total_seconds())


def main() -> int:
    """1 when there is an alarm."""
    found = asyncio.run(figures(machine_clock()))
    alarms = found.alarms()
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps({**asdict(found), "alarms": alarms}) + "\n")
    else:
        for name, value in asdict(found).items():
            sys.stdout.write(f"{name.replace('_', ' ')}: {'never' if value is None else value}\n")
        sys.stdout.write("".join(f"ALARM: {one}\n" for one in alarms))
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
