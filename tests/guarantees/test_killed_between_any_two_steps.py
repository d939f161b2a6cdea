"""Relay and reader, real processes, killed with SIGKILL after every step and at random: what is committed is reported.

Whoever was killed is started again, and nobody does anything else.
"""

import asyncio
import contextlib
import random
import re
import signal
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest
import structlog

import shared
from shared.kernel.cancel import cancel
from tests.guarantees import process
from tests.guarantees.spine import Spine

log = structlog.get_logger()

RELAY_STEPS = ("positions_given", "sent", "replay_begun")
READER_STEPS = {
    "spine": ("logged", "projected", "about_to_commit", "stored", "taken_back"),
    "lending": ("noted", "reacted", "about_to_commit", "stored", "taken_back"),
}
"""Of the region's reader, which counts, and of a team's, which reacts."""
TIMES = (1, 3)
RARE = {"replay_begun": (1,), "taken_back": (1,)}
"""Steps that come about once a second, however much is written."""


@pytest.fixture(params=READER_STEPS)
def read(request: pytest.FixtureRequest) -> tuple[Spine, Sequence[str]]:
    """Each kind of reader at the end of a stream, and its steps."""
    return request.getfixturevalue(request.param), READER_STEPS[request.param]


def places(steps: Sequence[str]) -> list[str]:
    return [f"{step}:{times}" for step in steps for times in RARE.get(step, TIMES)]


def test_no_step_is_left_out() -> None:
    sources = [path.read_text() for part in ("relay", "inbox") for path in Path(*shared.__path__, part).glob("*.py")]
    named = {name for source in sources for name in re.findall(r'_reached\("(\w+)"\)', source)}

    assert named == {*RELAY_STEPS, *(step for steps in READER_STEPS.values() for step in steps)}


@contextlib.asynccontextmanager
async def _writing(spine: Spine) -> AsyncGenerator[None]:
    """Commits go on while the body runs."""

    async def write() -> None:
        while True:
            await spine.commit(10, per_family=2)
            await asyncio.sleep(0.05)

    task = asyncio.create_task(write())
    try:
        yield
    finally:
        await cancel([task])


async def _die_at_each(spine: Spine, what: str, places: Sequence[str]) -> None:
    for place in places:
        victim = await process.start(spine, what, place)
        try:
            async with asyncio.timeout(30):
                assert await victim.wait() == -signal.SIGKILL, place
        finally:
            await victim.kill()


async def _die_at_random(spine: Spine, what: str, chance: random.Random, rounds: int) -> None:
    for _ in range(rounds):
        victim = await process.start(spine, what)
        await asyncio.sleep(chance.uniform(0, 0.5))
        await victim.kill()


@contextlib.asynccontextmanager
async def _losing_entries(spine: Spine) -> AsyncGenerator[None]:
    """Entries go from the middle all the time, so that streams are taken back all the time too."""

    async def lose() -> None:
        async with spine.operator() as redis:
            while True:
                await asyncio.sleep(0.7)
                await redis.delete(spine.stream.replay_key)
                found = await redis.xrevrange(spine.stream.key, count=1)
                if found:
                    await redis.xadd(spine.stream.replay_key, {"from": found[0][0].decode()})

    task = asyncio.create_task(lose())
    try:
        yield
    finally:
        await cancel([task])


async def test_a_relay_killed_after_each_step_the_first_time_and_later(spine: Spine) -> None:
    await spine.announce()
    async with _writing(spine), _losing_entries(spine), spine.reading():
        await _die_at_each(spine, "relay", places(RELAY_STEPS))
    async with spine.relaying(), spine.reading():
        await spine.all_reported()
    log.info("killed_at_steps", kills=len(places(RELAY_STEPS)), events=len(await spine.outbox()))


async def test_a_reader_killed_after_each_step_the_first_time_and_later(read: tuple[Spine, Sequence[str]]) -> None:
    spine, steps = read
    await spine.announce()
    async with _writing(spine), _losing_entries(spine), spine.relaying():
        await _die_at_each(spine, "reader", places(steps))
    async with spine.relaying(), spine.reading():
        await spine.all_reported()
    log.info("killed_at_steps", kills=len(places(steps)), events=len(await spine.outbox()))


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_at_any_moment(read: tuple[Spine, Sequence[str]], seed: int) -> None:
    spine, _ = read
    await spine.announce()
    async with _writing(spine):
        await asyncio.gather(
            _die_at_random(spine, "relay", random.Random(seed), 6),
            _die_at_random(spine, "reader", random.Random(-seed), 6),
        )
    async with spine.relaying(), spine.reading():
        await spine.all_reported()
    log.info("killed_at_random", seed=seed, kills=12, events=len(await spine.outbox()))
