"""A reader ends when it is told to, at whatever moment, and nothing of it goes on."""

import asyncio

from tests.guarantees.spine import Spine


async def test_a_reader_that_is_stopped_as_soon_as_it_started_ends_and_leaves_nothing_behind(spine: Spine) -> None:
    await spine.announce()
    before = asyncio.all_tasks()

    for turns in range(20):
        async with asyncio.timeout(10), spine.reading():
            for _ in range(turns):
                await asyncio.sleep(0)

    assert {task.get_name() for task in asyncio.all_tasks() - before} == set()
