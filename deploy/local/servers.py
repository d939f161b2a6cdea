"""PostgreSQL and Valkey on a machine that has only Python: both started, both stopped, never someone else's.

    with start_servers(Path(".pairs")) as servers:
        servers.postgres_admin_url, servers.redis_admin_url

The state folder holds:

    lock            who is using the folder; gone when nobody is
    servers.json    ports and process ids while they run (mode 0600)
    secrets/        the two operators' passwords (mode 0600)
    postgres/       data and log
    valkey/         append-only file, ACL file and log
    programs/       copies of the programs, only where the servers' account cannot read the wheels
"""

import contextlib
import json
import shutil
import signal
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from deploy.local.account import CannotStart, server_account, state_folder
from deploy.local.folder_lock import FolderInUse, FolderLock
from deploy.local.postgres import Postgres
from deploy.local.process import free_port, stop_leftover
from deploy.local.valkey import Valkey
from shared.tenancy.admin import AdminUrls
from shared.tenancy.secret_folder import SecretFolder

__all__ = ["CannotStart", "FolderInUse", "Servers", "admin_urls_of", "discard", "start_servers"]

_ATTEMPTS = 5
"""Someone may take the port between our look and the server's; each attempt looks for another."""


class Servers:
    """Two running servers and the lock on their folder, until `stop`."""

    def __init__(self, state: Path, postgres: Postgres, valkey: Valkey, lock: FolderLock) -> None:
        self.state = state
        self.postgres = postgres
        self.valkey = valkey
        self._lock: FolderLock | None = lock

    @property
    def postgres_admin_url(self) -> str:
        return self.postgres.admin_url

    @property
    def redis_admin_url(self) -> str:
        return self.valkey.admin_url

    @property
    def admin_urls(self) -> AdminUrls:
        return AdminUrls(self.postgres_admin_url, self.redis_admin_url)

    def stop(self) -> None:
        """Stops both and lets go of the folder. A second Ctrl-C waits until it is done (seconds)."""
        if self._lock is None:
            return
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
        try:
            self.valkey.stop()
            self.postgres.stop()
            (self.state / "servers.json").unlink(missing_ok=True)
            self._lock.release()
            self._lock = None
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_servers(state: Path, *, durable: bool = True) -> Servers:
    """Starts both servers on this folder (made if it is not there); what a killed run left there is stopped first.

    Not `durable`, a power cut may ruin the data: for tests only. A killed server or program never does.
    In the main thread SIGTERM and SIGHUP end the program from now on as Ctrl-C does, unless someone handles them.

    Raises:
        FolderInUse: another process uses the folder.
        CannotStart: a server did not start; the sentence says why.
    """
    _end_as_ctrl_c_does()
    account = server_account()
    state = state_folder(state, account)
    lock = FolderLock(state)
    try:
        secrets = SecretFolder(state / "secrets")
        _refuse_data_without_password(state, secrets)
        postgres = Postgres(state, account, secrets.secret("postgres-superuser"), durable=durable)
        valkey = Valkey(state, account, secrets.secret("redis-operator"))
        servers = Servers(state, postgres, valkey, lock)
    except BaseException:
        lock.release()
        raise
    try:
        _start(servers)
    except BaseException:
        servers.stop()
        raise
    return servers


def admin_urls_of(state: Path) -> AdminUrls | None:
    """The addresses of servers that another process runs on this folder; None when nobody does."""
    state = state_folder(state, server_account())
    ports, secrets = _ports(state), SecretFolder(state / "secrets")
    try:
        FolderLock(state).release()
    except FolderInUse:
        if ports.keys() >= {"postgres", "valkey"}:
            return AdminUrls(
                f"postgresql://postgres:{secrets.secret('postgres-superuser')}@127.0.0.1:{ports['postgres']}/postgres",
                f"redis://operator:{secrets.secret('redis-operator')}@127.0.0.1:{ports['valkey']}/0",
            )
    return None


def discard(state: Path) -> None:
    """Deletes the folder with all data, after stopping what a killed run left there.

    Raises:
        FolderInUse: another process uses the folder.
    """
    wanted, state = state, state_folder(state, server_account())
    lock = FolderLock(state)
    try:
        stop_leftover("postgres", state / "postgres" / "data", signal.SIGQUIT)
        stop_leftover("valkey-server", state / "valkey", signal.SIGKILL)
        for entry in state.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name != "lock":
                entry.unlink()
    finally:
        lock.release()
    for folder in {wanted, state}:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _start(servers: Servers) -> None:
    waiting: dict[str, Postgres | Valkey] = {"postgres": servers.postgres, "valkey": servers.valkey}
    for _ in range(_ATTEMPTS):
        for server in waiting.values():
            server.launch(free_port())
        waiting = {name: server for name, server in waiting.items() if not server.wait()}
        if not waiting:
            note_servers(servers)
            return
    for name, server in waiting.items():
        end = server.log.read_text(encoding="utf-8", errors="replace")[-600:]
        raise CannotStart("did_not_start", f"{name} did not start. Its log, {server.log}, ends: {end}")


def note_servers(servers: Servers) -> None:
    """Ports and process ids, for who looks for them."""
    content = {
        "postgres": {"port": servers.postgres.port, "pid": servers.postgres.pid},
        "valkey": {"port": servers.valkey.port, "pid": servers.valkey.pid},
    }
    draft = servers.state / ".servers.json"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    draft.replace(servers.state / "servers.json")


def _ports(state: Path) -> dict[str, int]:
    try:
        content: dict[str, dict[str, Any]] = json.loads((state / "servers.json").read_text(encoding="utf-8"))
        return {name: int(server["port"]) for name, server in content.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _refuse_data_without_password(state: Path, secrets: SecretFolder) -> None:
    data = {"postgres-superuser": state / "postgres" / "data", "redis-operator": state / "valkey" / "users.acl"}
    for name, path in data.items():
        if path.exists() and not secrets.has(name):
            raise CannotStart("password_lost", f"{path} has lost its password {secrets.path(name)}: put it back.")


def _end_as_ctrl_c_does() -> None:
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, signal.default_int_handler)
