"""What a page costs: processor time of the service and of PostgreSQL, statements and bytes; and which code takes it.

    python -m benchmarks.page_cost                      the ten pages, 1,000 and 10,000 families (four minutes)
    python -m benchmarks.page_cost --profile /caseload  what takes the time of one of them, with 10,000 families

One user, so nobody waits; and time on the processor, so that what else the machine does hardly matters. The service is
a process of its own and the kernel says what it has used. Only printed. Linux.
"""

import collections
import http.client
import random
import re
import signal
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Annotated, Any
from urllib.parse import urlsplit

import asyncpg
import typer
import uvloop
from fastapi import FastAPI

from benchmarks.caseload import fill_caseload
from benchmarks.installation import TEAM, installed
from benchmarks.pages import PAGES, SESSIONS_EACH, serving, session_of, some_family
from services.referral.contents import SERVICE
from shared.database.engines import create_engine
from shared.kernel.clock import machine_clock
from shared.kernel.logging import configure_logging
from shared.process import create_pages, settings_of
from shared.testing.statements import statements_of

SMALL, LARGE = 1_000, 10_000
TIMES = 50
WARM = 5
"""A page is opened so often before it counts: templates and statements are compiled, connections prepare them."""
UNTIL_IT_SLEEPS = 0.002
"""Seconds. What a process used is known when it sleeps."""
SAMPLE_SECONDS = 0.001
PROFILED = 300


@dataclass(frozen=True)
class Place:
    """A team's caseload in a database."""

    database_url: str
    redis_url: str
    admin_url: str
    families: int


@dataclass(frozen=True)
class Cost:
    """Of one page, on average."""

    page: str
    service_ms: float
    database_ms: float
    statements: int
    kilobytes: float


async def measure(place: Place) -> list[Cost]:
    """Each of the ten, taking turns."""
    async with serving(place.database_url, place.redis_url) as served:
        cookie = await session_of(place.database_url, place.redis_url, served.port)
        statements = await _statements(place, served.port, cookie)
        visitor = _Visitor(served.port, cookie, place.families)
        for page in PAGES * WARM:
            visitor.open(page)
        backends = await _backends(place)
        sums = {page: [0.0, 0.0, 0.0] for page in PAGES}
        for page in PAGES * TIMES:
            before = processor_ms([served.pid]), processor_ms(backends)
            length = visitor.open(page)
            time.sleep(UNTIL_IT_SLEEPS)
            one = (processor_ms([served.pid]) - before[0], processor_ms(backends) - before[1], length / 1000)
            sums[page] = [so_far + more for so_far, more in zip(sums[page], one, strict=True)]
    return [
        Cost(page, service / TIMES, database / TIMES, statements[page], kilobytes / TIMES)
        for page, (service, database, kilobytes) in sums.items()
    ]


class _Visitor:
    """One practitioner, always with the same families."""

    def __init__(self, port: int, cookie: str, families: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._chance = random.Random(1)
        self._cookie = cookie
        self._families = families

    def open(self, page: str) -> int:
        """How many bytes it is."""
        path = page.format(family=some_family(self._chance, self._families))
        self._connection.request("GET", path, headers={"Cookie": self._cookie})
        answer = self._connection.getresponse()
        assert answer.status == 200, f"{path}: {answer.status}"
        return len(answer.read())


def processor_ms(pids: Sequence[int]) -> float:
    """Milliseconds that these have been on a processor."""
    threads = (thread for pid in pids for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6


async def _backends(place: Place) -> list[int]:
    """PostgreSQL's processes that work for the service."""
    connection = await asyncpg.connect(place.admin_url)
    try:
        rows = await connection.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = $1",
            urlsplit(place.database_url).username,
        )
    finally:
        await connection.close()
    return [row["pid"] for row in rows]


@asynccontextmanager
async def _here(place: Place, port: int, cookie: str) -> AsyncGenerator["_Here"]:
    """The pages in this process, for the session that the other one began."""
    engine = create_engine(place.database_url, plans_once=SERVICE.plans_once)
    settings = settings_of(SERVICE).model_validate(
        {
            "team": TEAM,
            "database_url": place.database_url,
            "redis_url": place.redis_url,
            "region_key": "ab" * 32,
            "port": port,
            "private_port": port + 600,
            "public_url": f"http://127.0.0.1:{port}",
        }
    )
    yield _Here(create_pages(SERVICE, settings, engine, machine_clock), cookie)
    await engine.dispose()


class _Here:
    def __init__(self, app: FastAPI, cookie: str) -> None:
        self.app = app
        self._headers = [(b"host", b"127.0.0.1"), (b"cookie", cookie.encode())]

    async def open(self, path: str) -> None:
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http"}
        at = {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": self._headers}
        ends = {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)}
        await self.app({**scope, **at, **ends}, _nothing, _gone)


async def _nothing() -> dict[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _gone(message: dict[str, Any]) -> None:
    assert message.get("status", 200) == 200, message


async def _statements(place: Place, port: int, cookie: str) -> dict[str, int]:
    chance = random.Random(1)
    found: dict[str, int] = {}
    async with _here(place, port, cookie) as here:
        for page in PAGES:
            path = page.format(family=some_family(chance, place.families))
            await here.open(path)  # what is looked up once in a process
            with statements_of(here.app.state.engine) as sent:
                await here.open(path)
            found[page] = len(sent)
    return found


async def profile(place: Place, page: str) -> str:
    """Whose code is on the processor, and for which functions, as shares of the page."""
    async with serving(place.database_url, place.redis_url) as served:
        cookie = await session_of(place.database_url, place.redis_url, served.port)
    chance, samples = random.Random(1), _Samples()
    async with _here(place, served.port, cookie) as here:
        for number in range(WARM + PROFILED):
            if number == WARM:
                samples.begin()
            await here.open(page.format(family=some_family(chance, place.families)))
        samples.end()
    return samples.table()


class _Samples:
    """Looks each millisecond of processor time where it is spent; what is not Python's counts for its caller."""

    MOST = 60

    def __init__(self) -> None:
        self._number = 0
        self._by_area: collections.Counter[str] = collections.Counter()
        self._at: collections.Counter[str] = collections.Counter()
        self._within: collections.Counter[str] = collections.Counter()

    def begin(self) -> None:
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, SAMPLE_SECONDS, SAMPLE_SECONDS)

    def end(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        self._number += 1
        names: set[str] = set()
        while frame is not None:
            area = _area(frame.f_code.co_filename)
            name = f"{area}  {frame.f_code.co_qualname}"
            if not names:
                self._by_area[area] += 1
                self._at[name] += 1
            names.add(name)
            frame = frame.f_back
        self._within.update(names)

    def table(self) -> str:
        parts = {"Whose code": self._by_area, "In which function": self._at, "In it, or in what it calls": self._within}
        lines = (line for heading, counted in parts.items() for line in (f"\n{heading}:", *self._lines(counted)))
        return "\n".join(lines)

    def _lines(self, counted: collections.Counter[str]) -> list[str]:
        return [f"{number / self._number:6.1%}  {name}" for name, number in counted.most_common(self.MOST)]


_AREA = re.compile(r"(?:site-packages/|(?=(?:services|shared)/))((?:shared|services/\w+/\w+)\b[^.]*|[^/]+)")


def _area(file: str) -> str:
    """A package of others', a module of ours, or the template."""
    if file.endswith((".html", ".jinja")):
        return f"template {Path(file).name if file.endswith('.html') else 'nhsuk'}"
    found = _AREA.search(file)
    return found[1] if found else "Python"


async def _main(page: str | None) -> None:
    async with installed() as installation:
        admin = installation.admin_of("referral")
        for families in (SMALL, LARGE) if page is None else (LARGE,):
            await fill_caseload(installation, families, sessions_each=SESSIONS_EACH)
            place = Place(installation.team.database_url, installation.team.redis_url, admin, families)
            if page is None:
                print(table(families, await measure(place)))
            else:
                print(await profile(place, page))


def table(families: int, costs: Sequence[Cost]) -> str:
    head = f"| {families:,} families | service | PostgreSQL | statements | size |\n|---|---|---|---|---|\n"
    return head + "\n".join(_line(one) for one in costs)


def _line(one: Cost) -> str:
    times = f"{one.service_ms:.1f} ms | {one.database_ms:.1f} ms"
    return f"| {one.page} | {times} | {one.statements} | {one.kilobytes:.0f} kB |"


def main(page: Annotated[str | None, typer.Option("--profile", help="Of: " + ", ".join(PAGES))] = None) -> None:
    """Measure and print."""
    configure_logging(service="benchmark", team=None, level="warning")
    uvloop.run(_main(page))


if __name__ == "__main__":
    typer.run(main)
