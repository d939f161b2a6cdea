"""What was read of one stream while what came before it is stored."""

import asyncio
from collections.abc import Sequence

from shared.inbox.entry import Read


class Ahead:
    """Entries in their order, between one who reads them and one who stores them.

    Memory only: what is here when the process ends is read again, from the checkpoint.

    Args:
        at_once: how many are stored together at most; with so many waiting, no more are read.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._waiting: list[Read] = []
        self._filled = asyncio.Event()
        self._has_room = asyncio.Event()
        self._is_closed = False

    async def add(self, entries: Sequence[Read]) -> None:
        """Put them behind the others; waits while enough are there. Does nothing once it is closed."""
        while len(self._waiting) >= self._at_once and not self._is_closed:
            self._has_room.clear()
            await self._has_room.wait()
        if not self._is_closed:
            self._waiting += entries
            self._filled.set()

    async def take(self) -> list[Read]:
        """The next ones to store together; waits for the first. None once it is closed."""
        while not self._waiting and not self._is_closed:
            self._filled.clear()
            await self._filled.wait()
        taken, self._waiting = self._waiting[: self._at_once], self._waiting[self._at_once :]
        self._has_room.set()
        return taken

    def close(self) -> None:
        """Forget what is here; nobody waits any more."""
        self._is_closed = True
        self._waiting.clear()
        self._filled.set()
        self._has_room.set()
