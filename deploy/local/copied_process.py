"""A process that runs a module as `python -m` does, but as a copy of one that has loaded our modules already.

Reading them takes a second and a half of each process; a region on this machine has twelve. Only Linux copies such a
process safely; elsewhere it is a new one. It is in no file of ours what the copies are made by: `multiprocessing`'s
fork server, which is started again when it was killed, and ends when we do, with all copies.
"""

import asyncio
import ctypes
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver
from pathlib import Path

_DIE_WITH_PARENT, _NAME = 1, 15
"""PR_SET_PDEATHSIG and PR_SET_NAME of Linux's prctl."""
_MOST_FILES = 1024

_LIBRARY: ctypes.CDLL | None = ctypes.CDLL(None) if sys.platform == "linux" else None
_CONTEXT = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
_CONTEXT.set_forkserver_preload(["deploy.local.loaded"])


def begin_to_load() -> None:
    """Returns at once: the modules are loaded while other things are done."""
    if sys.platform == "linux":
        forkserver.ensure_running()


async def is_loaded() -> None:
    """Returns when a copy is a matter of milliseconds."""
    nothing = _CONTEXT.Process(target=int, daemon=True)
    await asyncio.to_thread(nothing.start)
    await asyncio.to_thread(nothing.join)


class CopiedProcess:
    """It runs when it was made. Raises OSError when the system has no room for it.

    Args:
        words: a module, and what its command line says.
        environment: all of it.
        log: to which its output is added.
    """

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._process = _CONTEXT.Process(target=_become, args=([*words], {**environment}, str(log)), daemon=True)
        try:
            self._process.start()
        except EOFError as error:
            raise OSError(0, "no room for another process") from error
        assert self._process.pid is not None  # noqa: S101 - it was started
        self.pid = self._process.pid

    @property
    def code(self) -> int | None:
        """As it ended, below 0 by a signal; None while it runs."""
        return self._process.exitcode

    async def wait(self) -> int:
        """Gives how it ended."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            while (code := self._process.exitcode) is None:
                ended.clear()
                await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        return code

    def signal(self, number: signal.Signals) -> None:
        """Raises ProcessLookupError when it is gone."""
        if self.code is None:
            os.kill(self.pid, number)


def _become(words: list[str], environment: dict[str, str], log: str) -> None:
    """In the new process: nothing of the one that it was copied from is left but what it has loaded."""
    os.closerange(3, _MOST_FILES)
    os.setsid()
    for file, flags in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        opened = os.open(log if file else os.devnull, flags | os.O_APPEND)
        os.dup2(opened, file)
        os.close(opened)
    if _LIBRARY is not None:
        _LIBRARY.prctl(_NAME, words[0].removeprefix("services.").encode()[:15])
        die_with(sys.modules["deploy.local.loaded"].LOADED_BY)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [*words]
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


def die_with(parent: int) -> None:
    """Run in a new process before its program begins: where the system can, it ends when its parent does."""
    if _LIBRARY is not None:
        _LIBRARY.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
