"""A team with supervision on Thursday 26 November 2026: Priya is an hour and a quarter behind."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.consultation.contents import SERVICE
from services.consultation.database.supervision_tables import supervision_session
from services.consultation.supervision.commands.agree_supervision import agree_supervision
from services.consultation.supervision.commands.cancel_supervision import CancelSupervision, cancel_supervision
from services.consultation.supervision.commands.note_early_leaving import NoteEarlyLeaving, note_early_leaving
from services.consultation.supervision.commands.record_leave import RecordLeave, record_leave
from services.consultation.supervision.commands.record_supervision import RecordSupervision, record_supervision
from services.consultation.supervision.domain.supervision_owed import Stretch
from services.consultation.supervision.domain.supervision_session import CancelledBy, SupervisionMeeting
from services.consultation.supervision.queries.supervision_records import SupervisionRecord, supervision_records
from shared.contracts.supervision import SupervisionKind
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.outbox.tables import outbox
from shared.testing.page_walk import WalkedService, walked_service
from shared.testing.recycled import KeptEngine, RecycledService
from shared.testing.served import served_service
from shared.unit_of_work import UnitOfWork, UnitsOfWork
from tests.consultation.supervision.supervised import ANN, BETH, PRIYA, TOM, a_meeting, an_agreement, remember

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
TODAY = NOW.date()
LONG_NAME = "Wilhelmina Featherstonehaugh-Cholmondeley of Ashton-under-Lyn"


@dataclass
class SupervisedTeam:
    """A team with Priya's and others' supervision."""

    engine: AsyncEngine
    walked: WalkedService
    now: datetime
    sessions: dict[date, UUID]
    """Of Priya, by day."""

    @property
    def priya(self) -> httpx.AsyncClient:
        return self.walked.clients[PRIYA]

    @property
    def tom(self) -> httpx.AsyncClient:
        return self.walked.clients[TOM]

    @property
    def units(self) -> UnitsOfWork[UnitOfWork]:
        return UnitsOfWork(self.engine, UnitOfWork, region_key=b"k" * 32, clock=lambda: self.now)

    def begin(self, person: Person) -> AbstractAsyncContextManager[UnitOfWork]:
        return self.units.begin(Actor(person.id, person.roles))

    async def record(self, whose: UUID = PRIYA.id) -> SupervisionRecord:
        async with self.begin(TOM) as work:
            [found] = await supervision_records(work, only=whose)
        return found

    async def balance(self, whose: UUID = PRIYA.id) -> int:
        return (await self.record(whose)).balance.minutes

    async def rows(self, table: Table) -> Sequence[Any]:
        async with self.engine.connect() as connection:
            return (await connection.execute(select(table))).all()

    async def told(self, type_: str, audience: str = "team") -> list[dict[str, Any]]:
        """The bodies of events of a type, in their order."""
        of_type = (outbox.c.audience == audience, outbox.c.type == type_)
        async with self.engine.connect() as connection:
            found = await connection.execute(select(outbox.c.body).where(*of_type).order_by(outbox.c.seq))
            return [row.body for row in found]

    async def minutes_told(self) -> list[tuple[str, int]]:
        """Who had how much, as others heard it."""
        names = {str(one.id): one.name.split()[0] for one in (PRIYA, TOM, BETH)}
        told = await self.told("uk.pairs.supervision.given.v1")
        return [(names.get(body["colleague_id"], "other"), body["minutes"]) for body in told]

    async def holds(self, meeting: SupervisionMeeting, by: Person = TOM) -> UUID:
        session_id = new_id()
        async with self.begin(by) as work:
            await record_supervision(RecordSupervision(session_id, meeting), work)
        return session_id


async def _priyas(team: SupervisedTeam) -> None:
    async with team.begin(TOM) as work:
        await remember(work, PRIYA, TOM, ANN, BETH)
        await agree_supervision(an_agreement(), work)
        await agree_supervision(an_agreement(TOM.id, supervisor_id=None), work)
        await agree_supervision(an_agreement(BETH.id, supervisor_id=TOM.id, manager_id=TOM.id), work)
        away = Stretch(date(2026, 10, 12), date(2026, 10, 25))
        await record_leave(RecordLeave(new_id(), PRIYA.id, away), work)
    group = {"kind": SupervisionKind.GROUP, "supervisees": (PRIYA.id, TOM.id)}
    for fortnight in range(1, 8):
        await team.holds(a_meeting(date.fromordinal(date(2026, 9, 10).toordinal() - 14 * fortnight)))
    for on, changes in (
        (date(2026, 9, 10), {}),
        (date(2026, 9, 24), group),
        (date(2026, 10, 8), {}),
        (date(2026, 10, 29), {}),
        (date(2026, 11, 12), {}),
        (date(2026, 12, 3), {}),
        (date(2026, 12, 10), {}),
    ):
        team.sessions[on] = await team.holds(a_meeting(on, **changes))
    versions = {row.id: row.version for row in await team.rows(supervision_session)}
    not_held, left_early = team.sessions[date(2026, 10, 8)], team.sessions[date(2026, 11, 12)]
    async with team.begin(PRIYA) as work:
        await cancel_supervision(CancelSupervision(not_held, versions[not_held], CancelledBy.SUPERVISOR), work)
        left = NoteEarlyLeaving(left_early, PRIYA.id, 45, versions[left_early])
        await note_early_leaving(left, work)


@pytest.fixture
async def team(recycled_service: RecycledService, kept_engine: KeptEngine) -> AsyncIterator[SupervisedTeam]:
    engine = await kept_engine(await recycled_service("team-one", "consultation"))
    async with walked_service(SERVICE, engine, clock=lambda: NOW, addresses={}) as walked:
        made = SupervisedTeam(engine, walked, NOW, {})
        await _priyas(made)
        yield made


@pytest.fixture
async def supervision_address(team: SupervisedTeam) -> AsyncIterator[str]:
    """Where a browser finds the pages."""
    async with served_service(SERVICE, team.engine, lambda: team.now) as address:
        yield address


async def more_colleagues(team: SupervisedTeam, number: int) -> list[UUID]:
    """Each with an agreement and supervision each fortnight; the first has a long name."""
    people = [
        Person(new_id(), LONG_NAME if place == 0 else f"Colleague {place:02}", PRIYA.roles) for place in range(number)
    ]
    async with team.begin(TOM) as work:
        await remember(work, *people)
        for one in people:
            await agree_supervision(an_agreement(one.id), work)
    for place, one in enumerate(people):
        for weeks in range(1, 12, 2):
            on = date.fromordinal(TODAY.toordinal() - 7 * weeks - place % 7)
            await team.holds(a_meeting(on, time(9 + place % 8), supervisees=(one.id,)))
    return [one.id for one in people]
