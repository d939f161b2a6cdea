"""Load on three teams and a fault every so often: at the end everything that was acknowledged is reported once."""

import asyncio
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

from shared.cli.doctor import examine
from shared.kernel.cancel import cancel
from shared.kernel.postgres import connected
from tests.guarantees.spine import until
from tests.soak.faults import FAULTS, Fault
from tests.soak.installation import Soaked, soaked
from tests.soak.ledger import Ledger

HEALED_SECONDS = 60.0
MOST_GROWTH = 1.5
TAKEN = ("files", "memory_mib", "connections")
"""Open files and memory of relays and reader, and connections to their databases."""
PAGE = os.sysconf("SC_PAGE_SIZE")


async def soak(seed: int, seconds: float, *, every_seconds: float = 20.0) -> dict[str, int]:
    """How often each fault was done, and how many events were acknowledged.

    Args:
        seed: which faults, when and to whom; the load's too.
        every_seconds: from the beginning of one fault to that of the next.

    Raises:
        AssertionError: something is lost, doubled, out of order or not well, or grows.
    """
    chance = random.Random(seed)
    async with soaked() as one:
        await until(lambda: _is_well(one), within_seconds=HEALED_SECONDS)
        ledgers = [Ledger(spine) for spine in one.spines]
        writing = [asyncio.create_task(ledger.write(random.Random(chance.random()))) for ledger in ledgers]
        before = await _taken(one)
        try:
            done = await _go_wrong(one, chance, seconds, every_seconds)
        finally:
            await cancel(writing)
        for ledger in ledgers:
            await ledger.is_kept()
            await ledger.spine.all_reported(within_seconds=HEALED_SECONDS)
        await until(lambda: _is_well(one), within_seconds=HEALED_SECONDS)
        after = await _taken(one)
        assert all(now <= MOST_GROWTH * then for now, then in zip(after, before, strict=True)), (before, after)
        acknowledged = sum(len(ledger.acknowledged) for ledger in ledgers)
        unknown = sum(len(ledger.unknown) for ledger in ledgers)
    return {**done, "acknowledged": acknowledged, "unknown": unknown} | dict(zip(TAKEN, after, strict=True))


async def _go_wrong(one: Soaked, chance: random.Random, seconds: float, every_seconds: float) -> Counter[str]:
    """One fault after another; each must be over, and everything well again, before the next."""
    done, end = Counter[str](), time.monotonic() + seconds
    for fault in _order(chance):
        if (began := time.monotonic()) > end:
            break
        await fault(one, chance)
        done[fault.__name__] += 1
        await until(lambda: _is_well(one), within_seconds=HEALED_SECONDS)
        _say(f"{fault.__name__}: well again {time.monotonic() - began:.0f} s after it began")
        await asyncio.sleep(max(0.0, began + every_seconds - time.monotonic()))
    return done


def _order(chance: random.Random) -> "list[Fault]":
    """Each fault once before any comes again."""
    return [fault for _ in range(1000) for fault in chance.sample(FAULTS, len(FAULTS))]


async def _is_well(one: Soaked) -> bool:
    """What the doctor says; a server that does not answer is not well."""
    try:
        findings = await examine(one.servers.admin_urls, one.servers.state)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is said, and asked again
        _say(f"  the doctor was not answered: {type(error).__name__}")
        return False
    for found in findings:
        if not found.well:
            _say(f"  {found.check}: {found.detail}")
    return all(found.well for found in findings)


async def _taken(one: Soaked) -> tuple[int, int, int]:
    """As `TAKEN` says."""
    async with connected(one.servers.postgres_admin_url) as connection:
        connections = await connection.fetchval("SELECT count(*) FROM pg_stat_activity WHERE datname LIKE 'pairs%'")
    processes = [Path("/proc", str(victim.pid)) for victim in one.processes.values()]
    return sum(map(_files, processes)), sum(map(_memory_mib, processes)), connections


def _files(process: Path) -> int:
    return len([*(process / "fd").iterdir()])


def _memory_mib(process: Path) -> int:
    return int((process / "statm").read_text().split()[1]) * PAGE // 2**20


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
