"""Loads a history by several processes at once: each carries out all that happens to its own families.

They keep together in the order of time, so that references, events and the audit trail are in it but for a few places.
"""

import asyncio
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from multiprocessing.connection import wait
from multiprocessing.sharedctypes import RawArray
from typing import Protocol, TypeVar


class Happening(Protocol):
    """One command of a history: when it is given, and which family it is about."""

    @property
    def at(self) -> datetime: ...
    @property
    def family(self) -> str: ...


AnyHappening = TypeVar("AnyHappening", bound=Happening)
AnyHappening_contra = TypeVar("AnyHappening_contra", bound=Happening, contravariant=True)


class Demonstration(Protocol[AnyHappening_contra]):
    """What a service says of its demonstration: its own commands, each carried out at the moment that is said."""

    async def introduce(self, at: datetime) -> None:
        """What must be there before anything happens, such as the colleagues' names."""
        ...

    async def carry_out(self, happening: AnyHappening_contra, /) -> None:
        """Raises Refusal when the command says no."""
        ...


Share = Sequence[tuple[int, AnyHappening]]
"""What one process does: some families of a history, each thing with its place in the whole of it."""
Tell = Callable[[int, int], None]
"""Told how many commands are done, and of how many."""

PROCESSES = min(os.cpu_count() or 1, 4)
OF_SEVERAL = "several families"
"""In place of a family: what happens to many at once waits until all that came before is done."""
_MOST_AHEAD = 8
"""No process begins a command that is more places after one that is not done."""
_WAITS, _LOOKS = 0.002, 0.2
"""Seconds between two looks at the others."""


class HistoryFailed(Exception):
    """A process ended with an error, which is on standard error, or was killed."""


class Pace:
    """Where each process is, in memory that they share; made by the process that starts them."""

    def __init__(self, processes: int) -> None:
        self._places = RawArray("q", processes)
        self._starter = os.getpid()

    @property
    def place(self) -> int:
        """All commands before this place of the history are done."""
        return min(self._places)

    async def keep(self, process: int, place: int, ahead: int = _MOST_AHEAD) -> None:
        """Returns when the process may begin that command. Raises HistoryFailed when nobody waits for the history."""
        self._places[process] = place
        while place > self.place + ahead:
            self._check()
            await asyncio.sleep(_WAITS)
        self._check()

    def end(self, process: int) -> None:
        """Nobody waits for that process any more."""
        self._places[process] = sys.maxsize

    def _check(self) -> None:
        if self._starter not in (os.getpid(), os.getppid()):
            raise HistoryFailed


def load(history: Sequence[AnyHappening], work: Callable[[Share[AnyHappening], Pace, int], None], tell: Tell) -> None:
    """Carry all of it out.

    Args:
        work: runs `carry_out_share` in a new process, with a connection of its own.

    Raises:
        HistoryFailed: a command said no, which is a mistake of the history, or a process was killed.
    """
    # Only on Linux a copy of a process that has loaded its modules is safe.
    method = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pace = Pace(PROCESSES)
    processes = [
        method.Process(target=work, args=(share, pace, number), daemon=True)
        for number, share in enumerate(shares(history, PROCESSES))
    ]
    for process in processes:
        process.start()
    try:
        while running := [process.sentinel for process in processes if process.exitcode is None]:
            tell(min(pace.place, len(history)), len(history))
            wait(running, _LOOKS)
            if any(process.exitcode for process in processes):
                raise HistoryFailed
    finally:
        for process in processes:
            process.kill()
    tell(len(history), len(history))


def shares(history: Sequence[AnyHappening], number: int) -> list[Share[AnyHappening]]:
    """So many, with as much to do for each. Each family is in one of them, with all that happens to it in its order."""
    whose, sizes = dict[str, int](), [0] * number
    for family, size in Counter(happening.family for happening in history).items():
        whose[family] = sizes.index(min(sizes))
        sizes[whose[family]] += size
    found: list[list[tuple[int, AnyHappening]]] = [[] for _ in sizes]
    for place, happening in enumerate(history):
        found[whose[happening.family]].append((place, happening))
    return [*found]


async def carry_out_share(
    demonstration: Demonstration[AnyHappening], share: Share[AnyHappening], pace: Pace, process: int
) -> None:
    """Raises Refusal when a command says no."""
    for place, happening in share:
        await pace.keep(process, place, 0 if happening.family == OF_SEVERAL else _MOST_AHEAD)
        await demonstration.carry_out(happening)
    pace.end(process)
