"""A team that leaves the region is read no more and is known to have left, also after a restart; it may return."""

from shared.contracts.platform import TeamLeft
from shared.tenancy.registry import announce
from tests.guarantees.spine import Spine, rows, until


async def states(spine: Spine) -> list[str]:
    found = await rows(spine.reader_database, f"SELECT state FROM checkpoint WHERE team = '{spine.team}'")
    return [row["state"] for row in found]


async def leaves(spine: Spine) -> None:
    async with spine.operator() as redis:
        await announce(redis, TeamLeft(team=spine.team, services=("referral",)))


async def test_its_checkpoint_says_that_it_left_and_says_so_when_the_reader_starts_anew(spine: Spine) -> None:
    await spine.announce()
    async with spine.reading() as reader:
        await until(lambda: _is(spine, ["reading"]))
        await leaves(spine)
        await until(lambda: _is(spine, ["left"]))
        assert reader.readers == {}

    async with spine.reading():
        await spine.announce()
        await until(lambda: _is(spine, ["reading"]))
        await leaves(spine)
        await until(lambda: _is(spine, ["left"]))


async def _is(spine: Spine, wanted: list[str]) -> bool:
    return await states(spine) == wanted
