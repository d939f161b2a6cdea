"""End tasks, and not before they have ended."""

import asyncio
from collections.abc import Iterable
from typing import Any

AGAIN_SECONDS = 1.0


async def cancel(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel them until each has ended, however.

    A cancellation that comes at the moment in which a connection is made is lost (`asyncio.timeout` takes it for its
    own), and whoever waits for that task then waits for good.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=AGAIN_SECONDS)
