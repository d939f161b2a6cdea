"""A part of the chain in a process of its own, made ready before the clock starts.

relay = await Part.start(relay_part, url, ...)
relay.go()
ended = await relay.stop()
"""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, Self

import uvloop

from shared.kernel.collection import collect_rarely

_CONTEXT = multiprocessing.get_context("spawn")
PATIENCE_SECONDS = 300


class Ended(NamedTuple):
    """What a part gave back, and what it took between `go` and its end."""

    result: Any
    cpu_seconds: float
    wall_seconds: float
    peak_memory_mib: float


class Control:
    """The other end, inside the process."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.cpu_before = time.process_time()
        self.wall_before = time.monotonic()

    async def ready(self) -> None:
        """Say that everything is prepared, and wait for the word."""
        self._pipe.send("ready")
        await self._hear()
        collect_rarely()  # as our services do
        self.cpu_before = time.process_time()
        self.wall_before = time.monotonic()

    async def stopped(self) -> None:
        """Wait until the part is to end."""
        await self._hear()

    async def _hear(self) -> None:
        await asyncio.to_thread(self._pipe.recv)  # the parent's death ends it, and with it this process


class Part:
    """A running process."""

    def __init__(self, role: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...]) -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_live, args=(role, theirs, arguments), daemon=True)
        self._process.start()
        theirs.close()

    @classmethod
    async def start(cls, role: Callable[..., Awaitable[Any]], *arguments: Any) -> Self:
        """Start it and wait until it is ready. `role(control, *arguments)` is what it does."""
        part = cls(role, arguments)
        await part._hear()
        return part

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def go(self) -> None:
        self._pipe.send("go")

    async def stop(self) -> Ended:
        """Tell it to end, and wait for what it gives."""
        self._pipe.send("stop")
        return await self.end()

    async def end(self) -> Ended:
        """Wait until it has ended by itself."""
        ended = Ended(*await self._hear())
        await asyncio.to_thread(self._process.join, 10)
        return ended

    async def _hear(self) -> Any:
        if not await asyncio.to_thread(self._pipe.poll, PATIENCE_SECONDS):
            self._process.kill()
            raise TimeoutError
        return self._pipe.recv()


def _live(role: Callable[..., Awaitable[Any]], pipe: Connection, arguments: tuple[Any, ...]) -> None:
    control = Control(pipe)

    async def run() -> Any:
        return await role(control, *arguments)

    try:
        result = uvloop.run(run())  # as uvicorn runs our services
    except (EOFError, KeyboardInterrupt):
        return
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu, wall = time.process_time() - control.cpu_before, time.monotonic() - control.wall_before
    pipe.send((result, cpu, wall, peak))
