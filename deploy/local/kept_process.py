"""A process that `pairs up` keeps running.

It is started again when it ends by itself, and it ends with us, however we end.
"""

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from deploy.local.copied_process import CopiedProcess, copied
from deploy.local.process_record import ProcessRecord
from deploy.local.servers import CannotStart

STOP_SECONDS = 15.0
"""A service lets requests finish for 10 seconds."""

_FIRST_WAIT, _LONGEST_WAIT, _RAN_WELL = 0.5, 30.0, 60.0


class KeptProcess:
    """One process, from `start` to `stop`.

    Args:
        name: as people are told.
        words: a module, and what its command line says.
        environment: all of it.
        log: where its output goes.
        say: told when it had to be started again.
    """

    def __init__(
        self,
        *,
        name: str,
        words: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        record: ProcessRecord,
        say: Callable[[str], None],
    ) -> None:
        self.name = name
        self.log = log
        self.starts = 0
        self._words = words
        self._environment = environment
        self._record = record
        self._say = say
        self._process: CopiedProcess | None = None
        self._stopping = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._began = 0.0

    @property
    def pid(self) -> int | None:
        """None while it does not run."""
        return self._process.pid if self._process and self._process.code is None else None

    @property
    def uptime(self) -> float:
        """Seconds since it was last started."""
        return time.monotonic() - self._began

    async def start(self) -> None:
        """It runs when this returns; whether it is ready, its private port says."""
        self._process = await self._spawn()
        self._keeper = asyncio.create_task(self._keep(self._process))

    def check_first_start(self) -> None:
        """Raises CannotStart when the process ended as soon as it was started."""
        if self.starts > 1 or self.pid is None:
            raise CannotStart("did_not_start", f"{self.name} did not start. Its log, {self.log}, ends: {self._end()}")

    async def stop(self) -> None:
        """Ends it politely, and after 15 seconds not."""
        self._stopping.set()
        if self._keeper is None:
            return
        self._signal(signal.SIGTERM)
        await asyncio.wait([self._keeper], timeout=STOP_SECONDS)
        self._signal(signal.SIGKILL)
        await self._keeper

    async def _keep(self, process: CopiedProcess) -> None:
        wait = _FIRST_WAIT
        while True:
            why = _why(await process.wait())
            self._record.remove(process.pid)
            if self._stopping.is_set():
                return
            wait = _FIRST_WAIT if self.uptime > _RAN_WELL else min(wait * 2, _LONGEST_WAIT)
            self._say(f"{self.name} ended by itself ({why}) and is started again in {wait:g} s. Log: {self.log}")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopping.wait()
                return
            process = self._process = await self._spawn_at_last()
            if self._stopping.is_set():
                process.signal(signal.SIGTERM)

    async def _spawn_at_last(self) -> CopiedProcess:
        """However long the system has no room for another process, or for its log."""
        while True:
            try:
                return await self._spawn()
            except OSError as error:
                self._say(f"{self.name} cannot be started ({error.strerror}).")
                await asyncio.sleep(_LONGEST_WAIT)

    async def _spawn(self) -> CopiedProcess:
        self._began, self.starts = time.monotonic(), self.starts + 1
        self.log.open("wb" if self.starts == 1 else "ab").close()
        self.log.chmod(0o600)
        process = await copied(self._words, self._environment, self.log)
        self._record.add(process.pid)
        return process

    def _signal(self, number: signal.Signals) -> None:
        if self._process and self._process.code is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.signal(number)

    def _end(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-600:].strip()


def _why(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
