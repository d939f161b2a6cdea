import asyncio
import signal
import statistics
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.web.conftest import answers, free_ports
from tests.web.conftest import served as served_sample
from tests.web.sample import SimulatedClock

ROOT = Path(__file__).parents[2]


class Served:
    """A process of the sample, and its two addresses."""

    def __init__(self, process: asyncio.subprocess.Process, ports: tuple[int, int]) -> None:
        self.process = process
        self.ports = ports
        self.address, self.private_address = (f"http://127.0.0.1:{port}" for port in ports)

    async def stopped(self) -> tuple[int, str]:
        output, _ = await asyncio.wait_for(self.process.communicate(), 15)
        return self.process.returncode or 0, output.decode()


async def start(ports: tuple[int, int]) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.web.serving_sample", *map(str, ports)]
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    ports = free_ports()
    served = Served(await start(ports), ports)
    await answers(served.private_address)
    yield served
    if served.process.returncode is None:
        served.process.kill()
        await served.process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stopped_process_finishes_its_requests_and_then_its_work(
    served: Served, number: signal.Signals
) -> None:
    async with httpx.AsyncClient() as client:
        under_way = asyncio.create_task(client.get(f"{served.address}/slow"))
        live = asyncio.create_task(client.get(f"{served.address}/live"))
        await asyncio.sleep(0.5)
        served.process.send_signal(number)

        assert (await under_way).text == "finished"
        assert "data: open" in (await live).text
    code, output = await served.stopped()
    assert code == 0
    assert output.splitlines()[0] == "started"
    assert output.splitlines()[-1] == "ended"


async def test_the_private_port_has_the_health_and_the_public_one_has_not(served: Served) -> None:
    async with httpx.AsyncClient() as client:
        private = await client.get(f"{served.private_address}/livez")
        public = await client.get(f"{served.address}/livez")
        pages = await client.get(f"{served.private_address}/slow")

    assert private.json() == {"status": "ok"}
    assert (public.status_code, pages.status_code) == (404, 404)
    assert "server" not in {*public.headers, *private.headers}


async def test_a_port_that_is_taken_stops_the_second_process_before_it_does_anything(served: Served) -> None:
    second = Served(await start(served.ports), served.ports)

    code, output = await second.stopped()

    assert code != 0
    assert "started" not in output


async def test_headers_that_do_not_come_are_not_waited_for(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.ports[0])
    writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    await writer.drain()

    assert await asyncio.wait_for(reader.read(), 12) == b""
    writer.close()


@pytest.mark.parametrize("place", [0, 1], ids=["public", "private"])
async def test_a_kept_connection_gives_its_second_answer_as_quickly_as_its_first(served: Served, place: int) -> None:
    first: list[float] = []
    second: list[float] = []
    for _ in range(21):
        reader, writer = await asyncio.open_connection("127.0.0.1", served.ports[place])
        for seconds in (first, second):
            seconds.append(await seconds_to_answer(reader, writer))
        writer.close()

    assert statistics.median(second) < 2 * statistics.median(first), (first, second)


async def seconds_to_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> float:
    started = time.perf_counter()
    writer.write(b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n")
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]))
    return time.perf_counter() - started


async def test_the_log_has_the_route_and_never_the_address(served: Served) -> None:
    async with httpx.AsyncClient() as client:
        await client.get(f"{served.address}/Leonie-Example?nhs=9990000018")
    served.process.terminate()

    _, output = await served.stopped()

    assert '"route": "none"' in output
    assert '"status": 404' in output
    assert "Leonie" not in output
    assert "9990000018" not in output


async def test_a_server_that_is_cancelled_leaves_nothing_behind(engine: AsyncEngine, clock: SimulatedClock) -> None:
    before = asyncio.all_tasks()
    async with (
        served_sample(engine, clock) as (_, address),
        httpx.AsyncClient(base_url=address) as client,
        client.stream("GET", "/live") as live,
    ):
        assert live.status_code == 200
        of_the_server = asyncio.all_tasks() - before
        assert len(of_the_server) > 3, "two servers, their lifespans and an open stream"

    assert [task for task in of_the_server if not task.done()] == []
