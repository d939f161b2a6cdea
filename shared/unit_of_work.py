"""One transaction: what a command, reaction, timer or query works in.

The wrapper opens the transaction and ends it: when its body returns, the events, then the audit entries, are written
and all of it is committed; when it raises, nothing of it remains. Handlers never commit.
"""

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.audit.trail import add_to_trail
from shared.contracts.event import Event
from shared.contracts.vocabulary import Role
from shared.database.core_session import CoreSession
from shared.kernel.actor import Actor
from shared.kernel.clock import Clock, london_date
from shared.kernel.traceparent import TRACEPARENT, new_traceparent
from shared.outbox.append import append
from shared.outbox.published import Published
from shared.outbox.told import Said, newest_of


class Aggregate(Protocol):
    """What an event is about. Its row lock, or its unique version in the outbox, keeps its events in order."""

    id: UUID
    version: int
    """How many events there have been about it."""


@dataclass
class Once:
    """An aggregate with one event: something that is recorded and never changed."""

    id: UUID
    version: int = 0


class UnitOfWork:
    """What a handler may use: the session, who acts, when, `publish` and `record`."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.session = session
        self.actor: Actor = actor
        self.now = now
        self.published: list[Published] = []
        self.recorded: list[tuple[str, UUID | None]] = []
        self.alarms: list[str] = []
        """Addresses of the pages of what must be answered at once, and was raised here."""
        self.seen: set[UUID] = set()
        """Ids of what the actor was found to be allowed to see, so that it is asked once."""

    @property
    def today(self) -> date:
        """The calendar date in Europe/London."""
        return london_date(self.now)

    def publish(self, event: Event, *, about: Aggregate) -> None:
        """Publish when, and only when, the transaction commits: to the team, and what the region may know of it."""
        about.version += 1
        self.published.append(Published(event, about.id, about.version))

    async def aggregate(self, identifier: UUID) -> Once:
        """Something of which only the outbox keeps how often it was spoken of, such as one clock of one episode."""
        here = [one.aggregate_version for one in self.published if one.aggregate_id == identifier]
        said = None if here else await self.said_of(identifier)
        return Once(identifier, max(here, default=said.version if said else 0))

    async def said_of(self, identifier: UUID) -> Said | None:
        """The newest event about an `aggregate`, before this unit of work; None: there has been none."""
        return await newest_of(self.session, identifier)

    async def publish_news(self, event: Event, identifier: UUID) -> bool:
        """Publish it about an `aggregate`, unless it says what the newest one about that said; says whether it did.

        Of two processes that do so at once the later one fails, as its version is taken.
        """
        said = await self.said_of(identifier)
        if said and (said.type, said.body) == (event.type, event.model_dump(mode="json")):
            return False
        self.publish(event, about=Once(identifier, said.version if said else 0))
        return True

    def record(self, action: str, subject: UUID | None = None) -> None:
        """Put into the audit trail that the actor did this, e.g. `family.read`."""
        self.recorded.append((action, subject))

    @contextmanager
    def acting_as(self, role: Role, action: str) -> Generator[None]:
        """While the body runs the actor has one role more than their own, and the audit trail says for what.

        For work that was decided by someone who had it, and that the actor only records.

        Args:
            action: as of `record`, e.g. `caseload.act_as_lead`.
        """
        own = self.actor
        self.record(action)
        self.actor = replace(own, roles=own.roles | {role})
        try:
            yield
        finally:
            self.actor = own


AWork = TypeVar("AWork", bound=UnitOfWork)


class UnitsOfWork(Generic[AWork]):
    """Begins units of work in one service's database.

    Args:
        make: `UnitOfWork`, or what a service has in its place: it may carry more, and a handler then says so.
        region_key: turns ids into the region's pseudonyms; 32 bytes or more.
        clock: the machine's, or a simulated one.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        make: Callable[[AsyncSession, Actor, datetime], AWork],
        *,
        region_key: bytes,
        clock: Clock,
    ) -> None:
        self._engine = engine
        self._make = make
        self._region_key = region_key
        self._clock = clock

    @asynccontextmanager
    async def begin(self, actor: Actor, *, traceparent: str | None = None) -> AsyncGenerator[AWork]:
        """A unit of work that commits when the body returns and rolls back when it raises.

        Args:
            traceparent: of the request that asked for it, for the team's own events; a new one when there is none.
        """
        async with self._engine.begin() as connection:
            session = CoreSession(connection)
            work = self._make(session, actor, self._clock())
            yield work
            await append(
                session,
                work.published,
                at=work.now,
                region_key=self._region_key,
                traceparent=_valid(traceparent),
            )
            await add_to_trail(session, work.now, actor.id, work.recorded)


def _valid(traceparent: str | None) -> str:
    if traceparent and TRACEPARENT.fullmatch(traceparent):
        return traceparent
    return new_traceparent()
