"""Whoever ends a task waits until it has ended."""

import asyncio
import contextlib

from shared.kernel.cancel import cancel


async def test_a_task_that_loses_a_cancellation_is_ended_all_the_same() -> None:
    lost = 0

    async def deaf() -> None:
        nonlocal lost
        while lost < 3:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(60)
            lost += 1
        await asyncio.sleep(60)

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)

    await asyncio.wait_for(cancel([task]), timeout=5)

    assert task.cancelled()
    assert lost == 3


async def test_a_task_that_ended_by_itself_is_left_as_it_is() -> None:
    task = asyncio.create_task(asyncio.sleep(0, "done"))
    await task

    await cancel([task])

    assert task.result() == "done"
