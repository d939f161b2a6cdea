"""A process that runs a module as `python -m` does, but as a copy of one that has loaded our modules already.

Reading them takes a second and a half of each process; a region on this machine has twelve. Only Linux copies such a
process safely; elsewhere it is a new one. The copies are made by `multiprocessing`'s fork server, which ends when we
do, with all copies. When it is killed, or the system has no room for a copy, it ends too, and its copies with it:
whoever keeps them starts them again, and it with the first of them.
"""

import asyncio
import ctypes
import multiprocessing
import os
import runpy
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path

from deploy.local.account import CannotStart

_DIE_WITH_PARENT, _NAME = 1, 15
"""PR_SET_PDEATHSIG and PR_SET_NAME of Linux's prctl."""
_MOST_FILES = 1024
_LOOK_AGAIN_SECONDS = 0.05

_LIBRARY: ctypes.CDLL | None = ctypes.CDLL(None) if sys.platform == "linux" else None
_CONTEXT = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
_CONTEXT.set_forkserver_preload(["deploy.local.loaded"])

_starting = threading.Lock()
"""Held while a process is started, which looks at all others too: nobody else may ask them how they ended meanwhile."""


def begin_to_load() -> None:
    """Returns at once: the modules are loaded while other things are done."""
    if sys.platform == "linux":
        forkserver.ensure_running()


async def is_loaded() -> None:
    """Returns when a copy is a matter of milliseconds. Raises CannotStart when our modules do not load."""
    nothing = _CONTEXT.Process(target=int, daemon=True)
    try:
        await asyncio.to_thread(_start, nothing)
    except OSError as error:
        sentence = "Our modules do not load: what stands above says why. `make .venv/runtime` installs what they need."
        raise CannotStart("not_loaded", sentence) from error


class CopiedProcess:
    """A process that was started by `copied`."""

    def __init__(self, process: BaseProcess, pid: int) -> None:
        self.pid = pid
        self._process = process
        self._code: int | None = None

    @property
    def code(self) -> int | None:
        """As it ended, below 0 by a signal; None while it runs."""
        if self._code is None and _starting.acquire(blocking=False):
            self._code = self._process.exitcode
            _starting.release()
        return self._code

    async def wait(self) -> int:
        """Gives how it ended."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            while (code := self.code) is None:
                await ended.wait()
                await asyncio.sleep(_LOOK_AGAIN_SECONDS if _starting.locked() else 0)
        finally:
            loop.remove_reader(self._process.sentinel)
        return code

    def signal(self, number: signal.Signals) -> None:
        """Raises ProcessLookupError when it is gone."""
        if self.code is None:
            os.kill(self.pid, number)


async def copied(words: Sequence[str], environment: Mapping[str, str], log: Path) -> CopiedProcess:
    """It runs when this returns. Raises OSError when the system has no room for it.

    Args:
        words: a module, and what its command line says.
        environment: all of it.
        log: to which its output is added.
    """
    process = _CONTEXT.Process(target=_become, args=([*words], {**environment}, str(log)), daemon=True)
    await asyncio.to_thread(_start, process)
    assert process.pid is not None  # noqa: S101 - it was started
    return CopiedProcess(process, process.pid)


def _start(process: BaseProcess) -> None:
    """In a thread: after a fork server that was killed, the next one loads everything first."""
    with _starting:
        try:
            process.start()
        except EOFError as error:
            raise OSError(0, "no room for another process") from error


def _become(words: list[str], environment: dict[str, str], log: str) -> None:
    """In the new process: nothing of the one that it was copied from is left but what it has loaded."""
    if _LIBRARY is not None:
        _LIBRARY.prctl(_NAME, words[0].removeprefix("services.").encode()[:15])
        die_with(os.getppid())
    os.closerange(3, _MOST_FILES)
    os.setsid()
    for file, flags in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        opened = os.open(log if file else os.devnull, flags | os.O_APPEND)
        os.dup2(opened, file)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [*words]
    sys.modules.pop(f"{words[0]}.__main__", None)
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


def die_with(parent: int) -> None:
    """Run in a new process before its program begins: where the system can, it ends when its parent does."""
    if _LIBRARY is not None:
        _LIBRARY.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
