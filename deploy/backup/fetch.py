"""Takes a team's database from the shelf and lays it out in an empty volume, for a moment of the past or the last.

    python -m deploy.backup.fetch blackpool latest                      < the kit
    python -m deploy.backup.fetch blackpool 2026-11-27T15:00:00+00:00   < the kit

It runs as root in a container without a network, because it gives PostgreSQL its files. What was altered, what is
missing and another team's kit are refused before anything is laid out that could start.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

from deploy.backup.age import Altered, Kit
from deploy.backup.kit import RECIPIENT, check, keep, typed
from deploy.backup.shelf import Base, Shelf, Wal, needed
from shared.kernel.errors import Refusal
from shared.tenancy.secret_folder import SecretFolder

SHELF, RESTORED, SECRETS = Path("/backups"), Path("/restored"), Path("/secrets")
SERVICE = 10001


class OtherKeys(Refusal):
    """This machine has other keys for the team than those that its data were made with."""


class NotAMoment(Refusal):
    """What was typed is neither a moment nor `latest`."""


def main() -> int:
    """1 with a sentence, when it cannot be done."""
    team, to = sys.argv[1:3]
    try:
        base = fetch(team, moment(to), typed())
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        return 1
    sys.stdout.write(f"The copy of {base.at} was opened and is what was written.\n")
    return 0


def moment(text: str) -> datetime | None:
    """None for `latest`; a moment without a zone is UTC. Raises NotAMoment."""
    try:
        given = None if text == "latest" else datetime.fromisoformat(text)
    except ValueError:
        raise NotAMoment("not_a_moment", "Write `latest`, or a moment such as 2026-11-27T15:00:00+00:00.") from None
    return given if given is None or given.tzinfo else given.replace(tzinfo=UTC)


def fetch(team: str, until: datetime | None, kit: Kit) -> Base:
    """Everything that PostgreSQL needs for starting there. Raises a Refusal with what to do."""
    shelf = Shelf(SHELF)
    base = shelf.base_for(until)
    check(kit, base)
    shipped = shelf.shipped()
    files = needed(base, shipped, until)
    _give_keys(team, kit, shelf, base)
    _lay_out(kit, shelf, base)
    wal = RESTORED / "restored-wal"
    wal.mkdir()
    for one in files:
        with (wal / one.name).open("wb") as plain:
            kit.decrypt(shelf.wal / one.file, plain)
    _say_how_far(until if until and _is_before_the_end(until, shipped) else None)
    return base


def _is_before_the_end(until: datetime, shipped: list[Wal]) -> bool:
    """Otherwise the end is what was asked for: nothing came after it."""
    return any(one.shipped >= until.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for one in shipped)


def _give_keys(team: str, kit: Kit, shelf: Shelf, base: Base) -> None:
    """The team's keys, where this machine has none; they are never replaced."""
    opened = io.BytesIO()
    kit.decrypt(shelf.base / base.at / "keys.age", opened)
    for name, key in json.loads(opened.getvalue()).items():
        path = SecretFolder(SECRETS).path(name)
        if not name.startswith(f"{team}."):
            raise OtherKeys("other_team", f"These are the backups of {name.partition('.')[0]}, not of {team}.")
        if not path.exists():
            path.write_text(key, encoding="ascii")
            path.chmod(0o600)
            os.chown(path, SERVICE, SERVICE)
        elif path.read_text(encoding="ascii") != key:
            raise OtherKeys("other_keys", f"This machine has another {name} than these data were made with.")
    if not RECIPIENT.exists():
        keep(kit.recipient)
        os.chown(RECIPIENT, SERVICE, SERVICE)


def _lay_out(kit: Kit, shelf: Shelf, base: Base) -> None:
    """The server's files, each compared with the checksum that PostgreSQL wrote beside it."""
    archive = RESTORED / "base.tar"
    with archive.open("wb") as plain:
        kit.decrypt(shelf.base / base.at / "base.tar.age", plain)
    with tarfile.open(archive) as files:
        files.extractall(RESTORED, filter="tar")
    archive.unlink()
    command = [_program("pg_verifybackup"), "--no-parse-wal", "--quiet", str(RESTORED)]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)
    if verified.returncode:
        raise Altered("not_verified", f"The copy of {base.at} is damaged: {verified.stderr.strip()}")


def _program(name: str) -> str:
    """Debian puts on the path only what works with every version."""
    return shutil.which(name) or str(max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))


def _say_how_far(until: datetime | None) -> None:
    """What was written after the copy is read again; without a moment, on whichever timeline is the newest."""
    settings = ["restore_command = 'cp restored-wal/%f %p'", "recovery_target_action = 'promote'"]
    if until:
        settings += [f"recovery_target_time = '{until.isoformat()}'", "recovery_target_timeline = 'current'"]
    place = RESTORED / "postgresql.auto.conf"
    lines = place.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("restore_command", "recovery_target"))]
    place.write_text("\n".join([*kept, *settings]) + "\n", encoding="utf-8")
    (RESTORED / "recovery.signal").touch()


if __name__ == "__main__":
    sys.exit(main())
