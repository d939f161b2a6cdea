"""Loops beside a body: none ends unnoticed."""

import asyncio
import contextlib
from typing import Any

import pytest
from structlog.testing import capture_logs

from shared.kernel.beside import LoopEnded, beside


async def for_ever() -> None:
    await asyncio.sleep(1000)


async def fails() -> None:
    await asyncio.sleep(0.01)
    raise ValueError("Leonie Example")


async def comes_to_an_end() -> None:
    await asyncio.sleep(0.01)


async def test_loops_go_on_until_the_body_ends_and_no_longer() -> None:
    before = asyncio.all_tasks()

    async with beside(one=for_ever(), other=for_ever()):
        await asyncio.sleep(0.05)
        assert len(asyncio.all_tasks() - before) == 2

    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("loop", [fails, comes_to_an_end])
async def test_a_loop_that_ends_ends_what_it_runs_beside_and_says_which_it_was(loop: Any) -> None:
    served: list[str] = []

    async def serve() -> None:
        try:
            await asyncio.sleep(10)
        finally:
            served.append("to its end")

    async def run() -> None:
        async with beside(reader=for_ever(), relay=loop()):
            await serve()

    with capture_logs() as lines, pytest.raises(LoopEnded, match="relay"):
        await run()

    assert served == ["to its end"]
    assert [(line["event"], line["loop"]) for line in lines] == [("loop_ended", "relay")]


async def test_the_inner_and_the_outer_are_told_apart() -> None:
    async def run(outer: Any, inner: Any) -> None:
        async with beside(outer=outer()), beside(inner=inner()):
            await asyncio.sleep(10)

    with pytest.raises(LoopEnded, match="outer"):
        await run(fails, for_ever)
    with pytest.raises(LoopEnded, match="inner"):
        await run(for_ever, fails)


async def test_what_the_body_raises_comes_out_as_it_is() -> None:
    async def run() -> None:
        async with beside(loop=for_ever()):
            raise KeyError

    with pytest.raises(KeyError):
        await run()


async def test_who_cancels_the_body_has_cancelled_it() -> None:
    async def body() -> None:
        async with beside(loop=for_ever()):
            await asyncio.sleep(10)

    task = asyncio.create_task(body())
    await asyncio.sleep(0.02)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task

    assert task.cancelled()


async def test_a_loop_that_ends_while_the_body_does_cancels_nobody_afterwards() -> None:
    async with beside(loop=comes_to_an_end()):
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0)
    await asyncio.sleep(0.02)
