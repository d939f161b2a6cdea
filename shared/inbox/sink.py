"""Where a reader's events go: into facts that are counted (`projection`), or to reactions (`reactions`)."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

import asyncpg

from shared.contracts.streams import Stream
from shared.inbox.entry import Reason, Received
from shared.kernel.postgres import Connection

POISON = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)
"""What PostgreSQL says of data that it will never take."""


class Taking(Protocol):
    """One transaction in which events are taken in."""

    @property
    def connection(self) -> Connection:
        """In the same transaction: checkpoint and dead letters are written by it."""
        ...

    async def take(self, stream: Stream, received: Sequence[Received], now: datetime) -> None:
        """Do what the events mean here, in their order."""
        ...

    async def take_back(self, stream: Stream, position: int) -> None:
        """The stream comes again from this position on."""
        ...


class Sink(Protocol):
    """What becomes of events in one service's database."""

    at_once: int
    """How many entries go into one transaction at most."""
    failed: Reason
    """Why an entry is set aside that cannot be taken."""

    def begin(self) -> AbstractAsyncContextManager[Taking]:
        """A transaction, committed when the body ends and rolled back when it raises."""
        ...

    def fault(self, error: Exception) -> str | None:
        """What is wrong with the event, as a code; None when it is not the event that is wrong."""
        ...
