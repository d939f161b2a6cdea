"""Two relays on one outbox and two readers of one stream: one leads, the other waits, and nothing is doubled."""

import asyncio

from tests.guarantees.spine import Spine


async def test_two_relays_and_two_readers_report_everything_once(spine: Spine) -> None:
    await spine.announce()
    async with spine.relaying(), spine.relaying(), spine.reading(), spine.reading():
        await asyncio.gather(*(spine.commit(100, per_family=3) for _ in range(4)))

        await spine.all_reported()


async def test_another_relay_takes_over_when_the_leader_ends(spine: Spine) -> None:
    await spine.announce()
    async with spine.reading():
        async with spine.relaying() as first:
            await spine.commit(50)
            await spine.all_reported()
            async with spine.relaying() as second:
                await asyncio.sleep(1.5)
                assert (first.trouble, second.trouble) == (None, None), "who stands by is ready"
                assert (bool(first.sent), bool(second.sent)) == (True, False)

        async with spine.relaying():
            await spine.commit(50)
            await spine.all_reported()
