"""Measure what delivery and pages cost, and write it down as ratios.

    make bench                                    everything, into benchmarks/results.md (9 minutes)
    .venv-bench/bin/python -m benchmarks drain    one measurement (--help names them); only printed

Machines are noisy: a ratio compares two medians of runs that took turns. Nothing is asserted.
"""

import asyncio
import json
import os
import platform
import statistics
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.progress import Progress

from benchmarks.chain_drain import BOTH, REGION_ONLY, chain_drain
from benchmarks.copy_limit import copy_limit
from benchmarks.figures import figures_made, fill_facts, one_month_made
from benchmarks.installation import Installation, installed
from benchmarks.latency import latency
from benchmarks.pages import pages
from benchmarks.peers.celery_tasks import celery_tasks
from benchmarks.peers.faststream_outbox import faststream_outbox
from benchmarks.peers.procrastinate_jobs import procrastinate_jobs
from benchmarks.reactions import reacted
from benchmarks.rebuild import fill_log, rebuilt
from benchmarks.teams import teams

RESULTS = Path(__file__).parent / "results.md"
ROUNDS = 3
DRAINED, DRAINED_BY_PEERS, REBUILT, COUNTED = 20_000, 3_000, 1_000_000, 1_000_000
DRAINED_OF_TEAMS, REACTED = 80_000, 5_000
SECONDS = 8.0
PAGE_SECONDS = 60.0


class Line(NamedTuple):
    """One line of the table."""

    what: str
    figure: str
    ratio: str
    remark: str


async def drain(installation: Installation) -> AsyncGenerator[Line]:
    """How fast a backlog is worked off, beside the limit and beside other ways."""
    limits: list[float] = []
    ours: list[float] = []
    both: list[float] = []
    for _ in range(ROUNDS):
        limits.append(await copy_limit(installation, DRAINED))
        ours.append(await chain_drain(installation, DRAINED, audiences=REGION_ONLY))
        both.append(await chain_drain(installation, DRAINED, audiences=BOTH))
    limit, chain = statistics.median(limits), statistics.median(ours)
    yield Line("COPY into a table like the log", f"{limit:,.0f}/s", "1", "one statement, nothing checked: the limit")
    yield Line("outbox → projection, region's events", f"{chain:,.0f}/s", f"{chain / limit:.0%} of COPY", "aim 20 %")
    yield Line(
        "outbox → projection, both audiences",
        f"{statistics.median(both):,.0f}/s",
        f"{statistics.median(both) / limit:.0%} of COPY",
        "the relay sends twice as many entries",
    )
    peers: dict[str, tuple[Callable[[Installation, int], Awaitable[float]], str]] = {
        "faststream-outbox": (faststream_outbox, "its rows are deleted when sent; no order among workers"),
        "Celery": (celery_tasks, "fed by a relay on our outbox; two worker processes"),
        "procrastinate": (procrastinate_jobs, "jobs are in PostgreSQL; no Redis"),
    }
    for name, (measure, remark) in peers.items():
        rate = statistics.median([await measure(installation, DRAINED_BY_PEERS) for _ in range(2)])
        yield Line(f"{name}, the same rows and facts", f"{rate:,.0f}/s", f"ours is {chain / rate:.1f} ×", remark)


async def wait(installation: Installation) -> AsyncGenerator[Line]:
    """From a commit in a team to the commit of the region's projection."""
    for rate in (1, 50, 500):
        found = await latency(installation, per_second=rate, seconds=SECONDS)
        yield Line(
            f"commit → projection at {rate} a second",
            f"p50 {found.p50:.1f} ms, p99 {found.p99:.1f} ms",
            f"p99 is {found.p99 / found.p50:.1f} × p50",
            f"of it the writer's own commit p50 {found.commit_p50:.1f} ms, p99 {found.commit_p99:.1f} ms; "
            f"{found.events} events" + ("; aim p99 ≤ 10 ms" if rate > 1 else ""),
        )


async def rebuild(installation: Installation) -> AsyncGenerator[Line]:
    """All facts made anew."""
    limit = await copy_limit(installation, 200_000)
    await fill_log(installation, REBUILT)
    rate = await rebuilt(installation, REBUILT)
    yield Line(f"rebuild of {REBUILT:,} events", f"{rate:,.0f}/s", f"{rate / limit:.1f} × COPY", "aim 500,000/s")


async def figures(installation: Installation) -> AsyncGenerator[Line]:
    """All figures made anew of facts, and those of one team's month."""
    limit = await copy_limit(installation, 200_000)
    await fill_facts(installation, COUNTED)
    rates = [await figures_made(installation, COUNTED) for _ in range(ROUNDS)]
    first, rate = rates[0], statistics.median(rates[1:])
    yield Line(f"figures of {COUNTED:,} facts, none there", f"{first:,.0f}/s", f"{first / limit:.1f} × COPY", "")
    yield Line("the same once more", f"{rate:,.0f}/s", f"{rate / limit:.1f} × COPY", "aim 500,000/s")
    month = statistics.median(await one_month_made(installation, 9))
    yield Line("figures of one team's month", f"{1000 * month:.0f} ms", "", "from the mark to the commit")


async def react(installation: Installation) -> AsyncGenerator[Line]:
    """What a team's service does because of another's events."""
    found = [await reacted(installation, REACTED) for _ in range(ROUNDS)]
    rate, cpu = (statistics.median(each) for each in zip(*found, strict=True))
    yield Line("a team's reactions, one row each", f"{rate:,.0f}/s", f"{cpu:.0f} µs of the service", "aim 2,000/s")


async def many(installation: Installation) -> AsyncGenerator[Line]:
    """One reader and many teams."""
    first = 0.0
    for number in (1, 10, 150):
        found = await teams(installation, number, events=DRAINED_OF_TEAMS, seconds=SECONDS)
        first = first or found.drained_per_second
        yield Line(
            f"one reader, {number} teams",
            f"{found.drained_per_second:,.0f}/s; at 500/s p99 {found.latency.p99:.1f} ms",
            f"{found.drained_per_second / first:.0%} of one team's",
            f"{found.cpu_share:.0%} of a core and {found.memory_mib:.0f} MiB at 500/s; their relays are not run",
        )


async def page_times(installation: Installation) -> AsyncGenerator[Line]:
    """The commonest pages of a team, with a small and with a large caseload."""
    small = {times.page: times for times in await pages(installation, 1_000, seconds=PAGE_SECONDS)}
    for times in await pages(installation, 10_000, seconds=PAGE_SECONDS):
        yield Line(
            f"{times.page}, 10,000 families and 500,000 sessions",
            f"p50 {times.median:.0f} ms, p99 {times.p99:.0f} ms",
            f"p50 is {times.median / small[times.page].median:.2f} × that of 1,000 families",
            f"{times.number} times among 50 people; aim p99 ≤ 100 ms, flat within 20 %",
        )


MEASUREMENTS = {
    "drain": drain,
    "latency": wait,
    "reactions": react,
    "rebuild": rebuild,
    "figures": figures,
    "teams": many,
    "pages": page_times,
}


def main(
    names: Annotated[list[str] | None, typer.Argument(help="Of: " + ", ".join(MEASUREMENTS))] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure, print, and write everything that was measured in one go to benchmarks/results.md."""
    chosen = names or list(MEASUREMENTS)
    if unknown := set(chosen) - MEASUREMENTS.keys():
        raise typer.BadParameter(f"there is no measurement {', '.join(sorted(unknown))}")
    lines = asyncio.run(_measure(chosen))
    if not names:
        RESULTS.write_text(_as_markdown(lines))
    print(json.dumps([line._asdict() for line in lines], indent=2) if as_json else _as_markdown(lines))


async def _measure(names: list[str]) -> list[Line]:
    lines: list[Line] = []
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Measuring", total=len(names))
        async with installed() as installation:
            for name in names:
                bar.update(task, description=f"Measuring {name}")
                lines += [line async for line in MEASUREMENTS[name](installation)]
                bar.advance(task)
    return lines


def _as_markdown(lines: list[Line]) -> str:
    now = datetime.now(UTC)
    header = (
        f"# What delivery and pages cost\n\n`make bench` on {now.day} {now:%B %Y}: {os.cpu_count()} cores shared by "
        f"PostgreSQL, Valkey, writer, relay and reader; load {os.getloadavg()[0]:.1f} at the end; "
        f"Python {platform.python_version()}.\n\n"
        "Compare the ratios, not the figures: they are of one run on one machine.\n\n"
        "| what | figure | ratio | remark |\n|---|---|---|---|\n"
    )
    return header + "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.argv[0] = "python -m benchmarks"
    typer.run(main)
