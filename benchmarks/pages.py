"""How long the commonest pages of a team take while fifty people work, with a small and with a large caseload.

The service is a process of its own, as in production; the users are threads of another, each with a session and pauses
to read in. A time is what a user waits: from the request to the last byte of the answer.
"""

import asyncio
import contextlib
import http.client
import os
import random
import statistics
import sys
import threading
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from benchmarks.caseload import fill_caseload
from benchmarks.installation import TEAM, Installation
from benchmarks.process import Control, Part
from shared.database.engines import create_engine
from shared.demonstration.people import TEAM as PEOPLE_OF_A_TEAM
from shared.kernel.clock import machine_clock
from shared.kernel.settings import Settings
from shared.web.sessions import Sessions

PRACTITIONER = PEOPLE_OF_A_TEAM[0]
PEOPLE = 50
SESSIONS_EACH = 50
PAUSE_SECONDS = (1.5, 4.5)

PAGES = (
    "/my-day",
    "/caseload",
    "/triage",
    "/waiting",
    "/reviews",
    "/families/{family}",
    "/families/{family}/sessions",
    "/families/{family}/sessions/new",
    "/families/{family}/plan",
    "/families/{family}/measures",
)
"""The ten that a practitioner opens most."""


@dataclass(frozen=True)
class Times:
    """Of one page, in milliseconds."""

    page: str
    median: float
    p99: float
    number: int


async def pages(installation: Installation, families: int, *, seconds: float) -> list[Times]:
    """The times with a caseload of this size, the slowest p99 first."""
    await fill_caseload(installation, families, sessions_each=SESSIONS_EACH)
    async with serving(installation.team.database_url, installation.team.redis_url) as served:
        cookie = await session_of(installation.team.database_url, installation.team.redis_url, served.port)
        users = await Part.start(_work, served.port, cookie, families, seconds)
        users.go()
        found: dict[str, list[float]] = (await users.end()).result
    return sorted((_times(page, taken) for page, taken in found.items()), key=lambda one: -one.p99)


def _times(page: str, taken: list[float]) -> Times:
    ordered = sorted(taken)
    return Times(page, statistics.median(ordered), ordered[int(len(ordered) * 0.99)], len(ordered))


class Served(NamedTuple):
    """The service, as a process."""

    port: int
    pid: int


@contextlib.asynccontextmanager
async def serving(
    database_url: str, redis_url: str, service: str = "referral", **settings: str
) -> AsyncGenerator[Served]:
    """A service of a team, until the body ends.

    Args:
        settings: more of them, by their names in the environment.
    """
    port, private = 18_700 + os.getpid() % 500, 19_300 + os.getpid() % 500
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PAIRS_")},
        "PAIRS_TEAM": TEAM,
        "PAIRS_DATABASE_URL": database_url,
        "PAIRS_REDIS_URL": redis_url,
        "PAIRS_REGION_KEY": "ab" * 32,
        "PAIRS_PORT": str(port),
        "PAIRS_PRIVATE_PORT": str(private),
        "PAIRS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PAIRS_LOG_LEVEL": "warning",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", f"services.{service}.app", env=environment)
    try:
        await _until_it_answers(port)
        yield Served(port, process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _until_it_answers(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return


async def _work(control: Control, port: int, cookie: str, families: int, seconds: float) -> dict[str, list[float]]:
    """Everyone works for so many seconds; gives the milliseconds of each page."""
    taken: dict[str, list[float]] = {page: [] for page in PAGES}
    users = [_User(port, cookie, families, number, taken) for number in range(PEOPLE)]
    for page in PAGES:  # a template is compiled when it is first used
        users[0].open(page)
    taken.update({page: [] for page in PAGES})
    await control.ready()
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=user.work, args=(until,)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        await asyncio.to_thread(thread.join)
    if failures := [failure for user in users for failure in user.failures]:
        raise RuntimeError(f"{len(failures)} pages failed, the first with {failures[0]}")
    return taken


class _User:
    """One practitioner, on a connection of their own."""

    def __init__(self, port: int, cookie: str, families: int, number: int, taken: dict[str, list[float]]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._families = families
        self._chance = random.Random(number)
        self._taken = taken
        self._cookie = cookie
        self.failures: list[tuple[str, int]] = []

    def work(self, until: float) -> None:
        time.sleep(self._chance.uniform(0, PAUSE_SECONDS[1]))
        while time.monotonic() < until:
            self.open(self._chance.choice(PAGES))
            time.sleep(self._chance.uniform(*PAUSE_SECONDS))

    def open(self, page: str) -> None:
        started = time.monotonic()
        status = self._get(page.format(family=some_family(self._chance, self._families)))
        self._taken[page].append((time.monotonic() - started) * 1000)
        if status != 200:
            self.failures.append((page, status))

    def _get(self, path: str) -> int:
        self._connection.request("GET", path, headers={"Cookie": self._cookie})
        answer = self._connection.getresponse()
        answer.read()
        return answer.status


def some_family(chance: random.Random, families: int) -> str:
    """The id of one that the team supports."""
    return f"00000001-0000-7000-8000-{chance.randrange(families // 5) * 5 + 1:012x}"


async def session_of(database_url: str, redis_url: str, port: int) -> str:
    """One for all of them: what is measured is not the sign-in."""
    settings = Settings(
        team=TEAM,
        database_url=database_url,
        redis_url=redis_url,
        region_key="ab" * 32,
        port=port,
        private_port=0,
        public_url=f"http://127.0.0.1:{port}",
    )
    engine, response = create_engine(settings.database_url), Response()
    try:
        nobody = Request({"type": "http", "headers": []})
        await Sessions(engine, settings, machine_clock).start(nobody, response, PRACTITIONER)
    finally:
        await engine.dispose()
    return response.headers["set-cookie"].partition(";")[0]
