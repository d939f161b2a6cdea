"""Loops that go on beside what they are for. One that ends, for whatever reason, ends that too.

    async with beside(relay=relay.run(), reader=reader.run()):
        await serve(...)

A process whose loop has ended would go on to take what nobody passes on. Whoever supervises it starts it again.
"""

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog

from shared.kernel.cancel import cancel

log = structlog.get_logger()


class LoopEnded(Exception):
    """What should have gone on has ended; the message is its name, and the log has why. Only a new process helps."""


class _Watched:
    """Tasks of which none may end before it is stopped."""

    def __init__(self, loops: Mapping[str, Coroutine[Any, Any, object]], body: asyncio.Task[Any]) -> None:
        self.ended: str | None = None
        self._body = body
        self._is_over = False
        self._tasks = [asyncio.create_task(loop, name=name) for name, loop in loops.items()]
        for task in self._tasks:
            task.add_done_callback(self._notice)

    def _notice(self, task: asyncio.Task[object]) -> None:
        if self._is_over:
            return
        log.error("loop_ended", loop=task.get_name(), exc_info=None if task.cancelled() else task.exception())
        if self.ended is None:
            self.ended = task.get_name()
            self._body.cancel()

    async def stop(self) -> None:
        self._is_over = True
        await cancel(self._tasks)


@asynccontextmanager
async def beside(**loops: Coroutine[Any, Any, object]) -> AsyncGenerator[None]:
    """Run loops while the body runs, each with a name in snake_case for the log.

    Raises:
        LoopEnded: one of them ended before the body did; the body was cancelled.
    """
    body = asyncio.current_task()
    assert body is not None  # noqa: S101 - this is a coroutine
    watched = _Watched(loops, body)
    try:
        yield
    except asyncio.CancelledError:
        if watched.ended is None:
            raise
        body.uncancel()
    finally:
        await watched.stop()
    if watched.ended is not None:
        raise LoopEnded(watched.ended)
