"""One relay or one reader as a process of its own, which kills itself at a step: as a power cut would, without a word.

Each is forked from one process that has loaded everything and started nothing.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

import structlog

from shared.inbox.projection import Projections
from shared.inbox.reactions import Reactions
from shared.kernel.faults import Reached, go_on
from tests.guarantees.spine import Spine

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__, "tests.guarantees.lending_spine"])


class Victim:
    """A process that someone, perhaps it itself, will kill."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    async def wait(self) -> int:
        """How it ended: the signal's number, negative."""
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode is not None
        return self._process.exitcode

    async def kill(self) -> None:
        self._process.kill()
        await self.wait()


async def start(spine: Spine, what: str, dies_at: str = "", at_once: int | None = None) -> Victim:
    """Start a relay or a reader, which works when this returns; whoever starts it ends it.

    Args:
        what: `relay` or `reader`.
        at_once: how many entries a reader stores together; None leaves it at what it is.
        dies_at: `sent:2` dies when it has sent for the second time; otherwise it lives until someone else kills it.
    """
    here, there = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_run, args=(spine, what, dies_at, at_once, there))
    process.start()
    there.close()
    await asyncio.to_thread(here.poll, None)
    here.close()
    return Victim(process)


def _run(spine: Spine, what: str, dies_at: str, at_once: int | None, works: Connection) -> None:
    if at_once:
        Projections.at_once = Reactions.at_once = at_once
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(_live(spine, what, _dies_at(dies_at), works))


async def _live(spine: Spine, what: str, reached: Reached, works: Connection) -> None:
    async with spine.relaying(reached) if what == "relay" else spine.reading(reached=reached):
        works.close()
        await asyncio.Event().wait()


def _dies_at(place: str) -> Reached:
    """SIGKILL when a step is reached for the n-th time, `step:n`."""
    if not place:
        return go_on
    step, times = place.split(":")
    left = int(times)

    def reached(name: str) -> None:
        nonlocal left
        left -= name == step
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached
