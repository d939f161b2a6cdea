"""Where a team's backups lie: copies of everything, and what PostgreSQL wrote since, each file under its own name.

    base/20261127T151200Z/about.json      who can open it, from which file of WAL on, by which version
    base/20261127T151200Z/base.tar.age    the server's files
    base/20261127T151200Z/keys.age        the keys that the team's services have
    wal/000000010000000000000003@20261127T151260Z.age

`about.json` and the names are all that can be read without the kit, and neither tells of anyone.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from shared.kernel.errors import Refusal

STAMP = "%Y%m%dT%H%M%SZ"
_SEGMENT = re.compile(r"[0-9A-F]{24}")


class Missing(Refusal):
    """What is on the shelf does not reach the moment that was asked for."""


def stamp(moment: datetime) -> str:
    return moment.strftime(STAMP)


def moment_of(text: str) -> datetime:
    """UTC."""
    return datetime.strptime(text, STAMP).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Base:
    """What is said of a copy of everything.

    Args:
        at: when it was complete, as a stamp.
        first_wal: the file of WAL that was being written when it began.
        segment_bytes: the size of each.
        key_id: of the kit that opens it.
        version: of the images that made it.
    """

    at: str
    first_wal: str
    segment_bytes: int
    key_id: str
    version: str


@dataclass(frozen=True, order=True)
class Wal:
    """A file that PostgreSQL had finished writing."""

    name: str
    shipped: str
    """When it was put here, as a stamp: all that was committed before is in it or in earlier ones."""

    @property
    def is_segment(self) -> bool:
        return bool(_SEGMENT.fullmatch(self.name))

    @property
    def timeline(self) -> str:
        return self.name[:8]

    @property
    def file(self) -> str:
        return f"{self.name}@{self.shipped}.age"


class Shelf:
    """A team's backups in a folder."""

    def __init__(self, folder: Path) -> None:
        self.base, self.wal = folder / "base", folder / "wal"

    def bases(self) -> list[Base]:
        """The earliest first; one that was not completed is none."""
        return [
            Base(**json.loads(about.read_text(encoding="utf-8"))) for about in sorted(self.base.glob("*/about.json"))
        ]

    def shipped(self) -> list[Wal]:
        """In the order in which they were written; of one that was shipped twice, the last."""
        files = [path.name.removesuffix(".age").split("@") for path in self.wal.glob("[!.]*@*.age")]
        return sorted({name: Wal(name, shipped) for name, shipped in sorted(files)}.values())

    def put_about(self, folder: Path, base: Base) -> None:
        (folder / "about.json").write_text(json.dumps(asdict(base)), encoding="utf-8")

    def base_for(self, until: datetime | None) -> Base:
        """The newest that was complete by then; none given: the newest of all.

        Raises:
            Missing: there is none.
        """
        fitting = [one for one in self.bases() if until is None or moment_of(one.at) <= until]
        if not fitting:
            first = next(iter(self.bases()), None)
            earliest = f"the earliest is {moment_of(first.at).isoformat()}" if first else "there is none at all"
            raise Missing("no_base", f"No backup was complete by then: {earliest}.")
        return fitting[-1]


def needed(base: Base, shipped: Iterable[Wal], until: datetime | None) -> list[Wal]:
    """What must be read after a copy to reach a moment, or the end; with histories of timelines. Pure.

    Raises:
        Missing: one between two others is not there; the sentence has its name and the last moment before it.
    """
    files = [one for one in shipped if not one.is_segment or _number(one.name, base) >= _number(base.first_wal, base)]
    segments = [one for one in files if one.is_segment and one.timeline >= base.first_wal[:8]]
    for before, after in _gaps(base, segments):
        if until is None or until > moment_of(before.shipped) - timedelta(seconds=1):
            name = _named(before.timeline, _number(before.name, base) + 1, base)
            raise Missing(
                "wal_missing",
                f"{name} is missing, which comes before {after.name}. "
                f"Choose {moment_of(before.shipped).isoformat()} or earlier.",
            )
    return [one for one in files if not one.is_segment or one in segments]


def _gaps(base: Base, segments: list[Wal]) -> Iterator[tuple[Wal, Wal]]:
    ours = [one for one in segments if one.timeline == base.first_wal[:8]]
    first = Wal(_named(base.first_wal[:8], _number(base.first_wal, base) - 1, base), base.at)
    for before, after in pairwise([first, *ours]):
        if _number(after.name, base) != _number(before.name, base) + 1:
            yield before, after


def _number(name: str, base: Base) -> int:
    return int(name[8:16], 16) * _a_log(base) + int(name[16:24], 16)


def _named(timeline: str, number: int, base: Base) -> str:
    return f"{timeline}{number // _a_log(base):08X}{number % _a_log(base):08X}"


def _a_log(base: Base) -> int:
    """Segments of one of what PostgreSQL calls a log: 4 GiB."""
    return 2**32 // base.segment_bytes
