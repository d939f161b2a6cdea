"""Replicas of the region's reader share its teams by leases; when one is killed the others read for it at once.

On real servers and in processes of their own: each is killed without a word, as a power cut would.
"""

import asyncio
import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncGenerator

import asyncpg
import pytest

from shared.contracts.platform import TeamOnboarded
from shared.inbox.leases import Leases
from shared.kernel.postgres import pooled
from shared.tenancy.registry import announce
from tests.guarantees import process
from tests.guarantees.process import Victim
from tests.guarantees.spine import Spine, rows, until

WITHIN_SECONDS = 5.0
"""From the death of a replica to the first event of each of its teams that another stored."""
OTHERS = ("barrow", "burnley", "chorley", "preston", "wyre")
"""Teams that are announced and say nothing: there is something to share."""


async def holders(spine: Spine) -> dict[str, str]:
    """Who reads each team."""
    held = await rows(spine.reader_database, "SELECT team, holder::text FROM reader_lease WHERE ends_at > now()")
    return {row["team"]: row["holder"] for row in held}


async def shares(spine: Spine) -> list[int]:
    return sorted(Counter((await holders(spine)).values()).values())


async def a_region(spine: Spine) -> None:
    """Six teams, of which one speaks."""
    await spine.announce()
    async with spine.operator() as redis:
        for team in OTHERS:
            await announce(redis, TeamOnboarded(team=team, services=("referral",)))


async def waits_for(spine: Spine, wanted: list[int]) -> None:
    async def so() -> bool:
        return await shares(spine) == wanted

    await until(so, within_seconds=20)


@contextlib.asynccontextmanager
async def replicas(spine: Spine, number: int) -> AsyncGenerator[list[Victim]]:
    started = [await process.start(spine, "reader") for _ in range(number)]
    try:
        yield started
    finally:
        for one in started:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one.pid, signal.SIGKILL)
            await one.wait()


async def test_two_replicas_share_and_when_one_is_killed_the_other_reads_its_teams_within_five_seconds(
    spine: Spine,
) -> None:
    await a_region(spine)
    async with spine.relaying(), replicas(spine, 1) as [first]:
        await waits_for(spine, [6])
        [before] = set((await holders(spine)).values())
        async with replicas(spine, 1) as [second]:
            await waits_for(spine, [3, 3])
            await spine.commit(40)
            victim = first if (await holders(spine))[spine.team] == before else second
            commits = asyncio.create_task(spine.commit(200))
            await asyncio.sleep(0.2)

            os.kill(victim.pid, signal.SIGKILL)
            died = time.monotonic()
            lost = (await holders(spine))[spine.team]

            async def is_taken() -> bool:
                return (await holders(spine)).get(spine.team) not in (None, lost)

            await until(is_taken, within_seconds=20)
            took = time.monotonic() - died
            await waits_for(spine, [6])
            await commits
            await spine.all_reported()
    assert took < WITHIN_SECONDS, f"{took:.1f} s"


async def test_one_that_stops_as_it_should_gives_its_teams_back_at_once(spine: Spine) -> None:
    await a_region(spine)
    async with spine.relaying(), spine.reading() as one:
        await waits_for(spine, [6])
        async with spine.reading() as other:
            await waits_for(spine, [3, 3])

            async def read_all() -> bool:
                of_each = [{stream.team for stream in reader.readers} for reader in (one, other)]
                return [*map(len, of_each)] == [3, 3] and of_each[0] | of_each[1] == {spine.team, *OTHERS}

            await until(read_all)
        assert await shares(spine) == [3], "nobody holds those of the one that left"
        await waits_for(spine, [6])
        await spine.commit(20)
        await spine.all_reported()


async def test_one_that_hangs_loses_its_leases_by_time_and_stores_nothing_twice(spine: Spine) -> None:
    """Its session with the database goes on: only its rounds have stopped."""
    await a_region(spine)
    async with spine.relaying(), replicas(spine, 1) as [hung]:
        await waits_for(spine, [6])
        await spine.commit(20)
        await spine.all_reported()
        [stuck] = set((await holders(spine)).values())
        os.kill(hung.pid, signal.SIGSTOP)
        async with spine.reading():

            async def is_taken() -> bool:
                found = await holders(spine)
                return len(found) == 6 and stuck not in found.values()

            await until(is_taken, within_seconds=WITHIN_SECONDS)
            await spine.commit(20)
            await spine.all_reported()
            os.kill(hung.pid, signal.SIGCONT)
            await spine.commit(20)
            await spine.all_reported()


async def test_a_team_that_is_announced_is_read_by_one_of_them_at_once(spine: Spine) -> None:
    async with spine.relaying(), spine.reading(), spine.reading():
        await spine.commit(5)
        await spine.announce()
        await spine.all_reported(within_seconds=5)
        assert list(await holders(spine)) == [spine.team]


@pytest.fixture
async def pool(spine: Spine) -> AsyncGenerator[asyncpg.Pool]:
    async with pooled(spine.reader_database) as pool:
        yield pool


async def test_a_lease_is_nobodys_twice_and_a_share_is_never_less_than_its_part(pool: asyncpg.Pool) -> None:
    teams = [f"team-{number}" for number in range(7)]
    several = [Leases(pool) for _ in range(3)]
    assert await several[0].hold(teams) == {*teams}
    for _ in range(3):
        for one in several:
            held = await one.hold(teams)
            await one.give_back(await one.too_many(held, len(teams)))

    held = [await one.hold(teams) for one in several]

    assert sorted(map(len, held)) == [2, 2, 3] or sorted(map(len, held)) == [1, 3, 3]
    assert sorted(team for of_one in held for team in of_one) == teams
    for one in several:
        await one.leave()
    assert await pool.fetchval("SELECT count(*) FROM reader_lease") == 0
