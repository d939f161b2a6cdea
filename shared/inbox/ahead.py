"""What was read of one stream while what came before it is stored."""

import asyncio
from collections.abc import Sequence

from shared.inbox.entry import Read


class Ahead:
    """Batches in their order, between one who reads them and one who stores them.

    Behind a full batch more is read at once: one is stored and another waits. Behind one that is not full, nothing is
    read until it is stored: what comes meanwhile is stored together, instead of in many transactions of one entry.
    Memory only: what is here when the process ends is read again, from the checkpoint.

    Args:
        at_once: how many entries a full batch has.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._waiting: Sequence[Read] = ()
        self._has_room, self._is_filled, self._is_idle = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._is_closed = False

    async def add(self, batch: Sequence[Read]) -> None:
        """Put a batch behind the others; waits until more should be read. Does nothing once it is closed."""
        while self._waiting and not self._is_closed:
            self._has_room.clear()
            await self._has_room.wait()
        if self._is_closed:
            return
        self._waiting = batch
        self._is_idle.clear()
        self._is_filled.set()
        if len(batch) < self._at_once:
            await self._is_idle.wait()

    @property
    def is_stored(self) -> bool:
        """Whether all that was read is stored, and whoever stores it waits for more."""
        return self._is_idle.is_set() and not self._is_closed

    async def take(self) -> Sequence[Read]:
        """The next batch, when the one before is stored; waits for it. None once it is closed."""
        while not self._waiting and not self._is_closed:
            self._is_idle.set()
            self._is_filled.clear()
            await self._is_filled.wait()
        taken, self._waiting = self._waiting, ()
        self._has_room.set()
        return taken

    def close(self) -> None:
        """Forget what is here; nobody waits any more."""
        self._is_closed, self._waiting = True, ()
        for event in (self._has_room, self._is_filled, self._is_idle):
            event.set()
