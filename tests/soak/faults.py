"""What goes wrong, one at a time. Each is over when it returns; nobody puts anything right afterwards.

A full disk needs no rights but those of the server's own account: the kernel lets Valkey's files grow no further
(RLIMIT_FSIZE of its process), so that writing its append-only file fails. Valkey ends of the
signal that the kernel sends with it, and is started again without the limit, from a file that is cut off in a write.
"""

import asyncio
import contextlib
import os
import random
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from subprocess import CalledProcessError

from deploy.local.account import server_account
from shared.kernel.postgres import connected
from tests.soak.installation import READER, TEAMS, Soaked

LONG_SECONDS = 6.0

Fault = Callable[[Soaked, random.Random], Awaitable[None]]


async def kill_a_process(soaked: Soaked, chance: random.Random) -> None:
    await soaked.processes[chance.choice((*TEAMS, READER, READER))].kill()


async def stop_a_process(soaked: Soaked, chance: random.Random) -> None:
    pid = soaked.processes[chance.choice((*TEAMS, READER, READER))].pid
    os.kill(pid, signal.SIGSTOP)
    await asyncio.sleep(LONG_SECONDS)
    os.kill(pid, signal.SIGCONT)


async def kill_redis(soaked: Soaked, _: random.Random) -> None:
    os.kill(soaked.servers.valkey.pid, signal.SIGKILL)


async def redis_loses_everything(soaked: Soaked, _: random.Random) -> None:
    """The operator announces the teams again: their services would, and are not run here."""
    async with soaked.spines[0].operator() as redis:
        await redis.flushall()
    for spine in soaked.spines:
        await spine.announce()


async def memory_is_full(soaked: Soaked, _: random.Random) -> None:
    async with soaked.spines[0].operator() as redis:
        await redis.execute_command("CONFIG", "SET", "maxmemory", "1")
        await asyncio.sleep(LONG_SECONDS)
        await redis.execute_command("CONFIG", "SET", "maxmemory", "0")


async def disk_is_full(soaked: Soaked, _: random.Random) -> None:
    pid, account = soaked.servers.valkey.pid, server_account()

    def limit(most: str) -> None:
        account.run("prlimit", "--pid", str(pid), f"--fsize={most}:")

    limit("1024")
    await asyncio.sleep(LONG_SECONDS)
    with contextlib.suppress(CalledProcessError):
        limit("unlimited")


async def network_is_slow(soaked: Soaked, chance: random.Random) -> None:
    soaked.proxy.delay_seconds = chance.uniform(0.1, 0.5)
    await asyncio.sleep(LONG_SECONDS)
    soaked.proxy.delay_seconds = 0.0


async def network_is_cut(soaked: Soaked, _: random.Random) -> None:
    async with _cut(soaked):
        await asyncio.sleep(LONG_SECONDS)


@contextlib.asynccontextmanager
async def _cut(soaked: Soaked) -> AsyncGenerator[None]:
    soaked.proxy.refuses = True
    soaked.proxy.cut()
    try:
        yield
    finally:
        soaked.proxy.refuses = False


async def database_cuts_every_connection(soaked: Soaked, _: random.Random) -> None:
    async with connected(soaked.servers.postgres_admin_url) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname LIKE 'pairs%' AND pid <> pg_backend_pid()"
        )


FAULTS: tuple[Fault, ...] = (
    kill_a_process,
    stop_a_process,
    kill_redis,
    redis_loses_everything,
    memory_is_full,
    disk_is_full,
    network_is_slow,
    network_is_cut,
    database_cuts_every_connection,
)
