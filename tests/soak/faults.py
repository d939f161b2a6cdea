"""What goes wrong, one at a time, and what an operator must be told of it. Nobody puts anything right afterwards.

A full disk needs no rights but those of the server's own account: the kernel lets the files of a process grow no
further (RLIMIT_FSIZE). Valkey ends of the signal that comes with it, and is started again without the limit, from a
file that is cut off in a write; PostgreSQL and Python are told that the file is too large.
"""

import contextlib
import os
import random
import signal
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError
from typing import NamedTuple

from deploy.local.account import server_account
from shared.kernel.postgres import connected
from shared.tenancy.provisioning import operator
from tests.soak.installation import Soaked
from tests.soak.proxy import Proxy

LASTS_SECONDS = (4.0, 9.0)
LONGER_SECONDS = 12.0
"""Than the doctor waits for a server."""

REDIS = (
    r"Redis or Valkey|Redis has room|PostgreSQL or Redis|The registry knows every team|pairs:|"
    r".*: (process|heartbeat|unsent events)"
)
POSTGRES = r"PostgreSQL|pairs:|.*: (process|heartbeat|unsent events)"
"""Checks of which any may be unwell while something is wrong with a server, and until everything has caught up."""


@dataclass(frozen=True)
class Fault:
    """One kind.

    Args:
        happens: while the body runs.
        may_name: the checks that the doctor may find unwell because of it; `{whom}` is the process that it is done to.
        must_name: the check that it must find unwell while it lasts, from `seen_after` seconds on; empty: nobody
            outside can tell.
    """

    happens: Callable[[Soaked, str], AbstractAsyncContextManager[None]]
    may_name: str
    must_name: str = ""
    seen_after: float = 0.0
    of_a_process: bool = False
    is_over_at_once: bool = False
    least_seconds: float = 0.0

    @property
    def name(self) -> str:
        return self.happens.__name__


@contextlib.asynccontextmanager
async def process_is_killed(soaked: Soaked, whom: str) -> AsyncGenerator[None]:
    _signal(soaked, whom, signal.SIGKILL)
    yield


@contextlib.asynccontextmanager
async def process_is_stopped(soaked: Soaked, whom: str) -> AsyncGenerator[None]:
    _signal(soaked, whom, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(soaked, whom, signal.SIGCONT)


@contextlib.asynccontextmanager
async def process_cannot_write_files(soaked: Soaked, whom: str) -> AsyncGenerator[None]:
    """Nor its log."""
    with _files_end([soaked.services[whom].processes[0].pid], 1):
        yield


@contextlib.asynccontextmanager
async def redis_is_killed(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    os.kill(soaked.servers.valkey.pid, signal.SIGKILL)
    yield


@contextlib.asynccontextmanager
async def redis_is_stopped(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with _stopped(soaked.servers.valkey.pid):
        yield


@contextlib.asynccontextmanager
async def redis_loses_everything(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with operator(soaked.servers.admin_urls) as redis:
        await redis.flushall()
    yield


@contextlib.asynccontextmanager
async def redis_memory_is_full(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with operator(soaked.servers.admin_urls) as redis:
        await redis.config_set("maxmemory", "1")
        try:
            yield
        finally:
            await redis.config_set("maxmemory", "0")


@contextlib.asynccontextmanager
async def redis_disk_is_full(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    with _files_end([soaked.servers.valkey.pid], 1024):
        yield


@contextlib.asynccontextmanager
async def redis_is_far_away(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with _delayed(soaked.redis, 0.2):
        yield


@contextlib.asynccontextmanager
async def redis_is_cut_off(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with _cut_off(soaked.redis):
        yield


@contextlib.asynccontextmanager
async def redis_falls_silent(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with _silent(soaked.redis):
        yield


@contextlib.asynccontextmanager
async def database_is_killed(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    os.kill(soaked.servers.postgres.pid, signal.SIGQUIT)
    yield


@contextlib.asynccontextmanager
async def database_disk_is_full(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    """No file grows beyond one mebibyte: those in use can be written, up to there."""
    with _files_end(_with_children(soaked.servers.postgres.pid), 2**20):
        yield


@contextlib.asynccontextmanager
async def database_cuts_every_connection(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with connected(soaked.servers.postgres_admin_url) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname LIKE 'pairs%' AND pid <> pg_backend_pid()"
        )
    yield


@contextlib.asynccontextmanager
async def database_is_far_away(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with _delayed(soaked.postgres, 0.05):
        yield


@contextlib.asynccontextmanager
async def database_is_cut_off(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with _cut_off(soaked.postgres):
        yield


@contextlib.asynccontextmanager
async def database_falls_silent(soaked: Soaked, _: str) -> AsyncGenerator[None]:
    async with _silent(soaked.postgres):
        yield


PROCESS = "{whom}: process"
OF_PROCESS = f"{PROCESS}|pairs:"
"""A reader that was away asks for what it did not see come; its streams have gaps until it is there."""
FAULTS = (
    Fault(process_is_killed, OF_PROCESS, of_a_process=True, is_over_at_once=True),
    Fault(process_is_stopped, OF_PROCESS, PROCESS, of_a_process=True),
    Fault(process_cannot_write_files, PROCESS, of_a_process=True),
    Fault(redis_is_killed, REDIS, is_over_at_once=True),
    Fault(redis_is_stopped, REDIS, "Redis or Valkey", least_seconds=LONGER_SECONDS),
    Fault(redis_loses_everything, REDIS, is_over_at_once=True),
    Fault(redis_memory_is_full, REDIS, "Redis has room"),
    Fault(redis_disk_is_full, REDIS),
    Fault(redis_is_far_away, REDIS),
    Fault(redis_is_cut_off, REDIS, ".*: process", seen_after=3.0),
    Fault(redis_falls_silent, REDIS),
    Fault(database_is_killed, POSTGRES, is_over_at_once=True),
    Fault(database_disk_is_full, POSTGRES),
    Fault(database_cuts_every_connection, POSTGRES, is_over_at_once=True),
    Fault(database_is_far_away, POSTGRES),
    Fault(database_is_cut_off, POSTGRES, ".*: process"),
    Fault(database_falls_silent, POSTGRES, ".*: process"),
)


class Planned(NamedTuple):
    """One fault, to one process or to none, for so many seconds."""

    fault: Fault
    whom: str
    seconds: float


def plan(chance: random.Random, processes: Sequence[str]) -> list[Planned]:
    """Each fault once before any comes again; the same seed gives the same plan."""
    return [
        Planned(
            fault,
            chance.choice(processes) if fault.of_a_process else "",
            fault.least_seconds + chance.uniform(*LASTS_SECONDS),
        )
        for _ in range(20)
        for fault in chance.sample(FAULTS, len(FAULTS))
    ]


def _signal(soaked: Soaked, whom: str, number: signal.Signals) -> None:
    if pid := soaked.services[whom].processes[0].pid:
        os.kill(pid, number)


def _with_children(pid: int) -> list[int | None]:
    return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())]


@contextlib.asynccontextmanager
async def _stopped(pid: int) -> AsyncGenerator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextlib.contextmanager
def _files_end(pids: Sequence[int | None], size: int) -> Generator[None]:
    """The largest size in bytes to which a file of these processes, and of those that they start, can grow."""
    account = server_account()

    def limit(most: str) -> None:
        for pid in pids:
            with contextlib.suppress(CalledProcessError):  # it has ended
                account.run("prlimit", "--pid", str(pid), f"--fsize={most}:")

    limit(str(size))
    try:
        yield
    finally:
        limit("unlimited")


@contextlib.asynccontextmanager
async def _delayed(proxy: Proxy, seconds: float) -> AsyncGenerator[None]:
    proxy.delay_seconds = seconds
    try:
        yield
    finally:
        proxy.delay_seconds = 0.0


@contextlib.asynccontextmanager
async def _cut_off(proxy: Proxy) -> AsyncGenerator[None]:
    proxy.refuses = True
    proxy.cut()
    try:
        yield
    finally:
        proxy.refuses = False


@contextlib.asynccontextmanager
async def _silent(proxy: Proxy) -> AsyncGenerator[None]:
    proxy.speaks.clear()
    try:
        yield
    finally:
        proxy.speaks.set()
