"""A team's consultation service with everybody signed in, one organisation and one consultation."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.consultation.consultations.commands.log_consultation import LogConsultation, log_consultation
from services.consultation.consultations.domain.consultation import About, Asker, Talk
from services.consultation.contents import SERVICE
from services.consultation.database.tables import consultation, family, task
from services.consultation.organisations.commands.add_organisation import AddOrganisation, add_organisation
from services.consultation.staff.database.consultation_work import ConsultationUnits, ConsultationWork
from shared.contracts.consultation_codes import ConsultationKind, ConsultationMode, Profession, Topic
from shared.contracts.vocabulary import SourceGroup, Tier
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from shared.outbox.tables import outbox
from shared.staff.colleagues import Colleagues
from shared.staff.sender import Sender
from shared.testing.page_walk import WalkedService, pages_of, walked_service
from shared.testing.recycled import KeptEngine, RecycledService
from shared.testing.served import served_service
from tests.consultation.supervision.supervised import SEEN_BY, supervise_one

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PRIYA, TOM, ANN, BETH, *_ = SERVICE.people
REFERENCE = "BLA-2026-000110"


@dataclass(frozen=True)
class AskedTeam:
    """A team that has been asked once."""

    engine: AsyncEngine
    walked: WalkedService
    organisation_id: UUID
    consultation_id: UUID
    family_id: UUID
    ids: dict[str, UUID]
    """What the parts of a page's address name."""

    @property
    def priya(self) -> httpx.AsyncClient:
        return self.walked.clients[PRIYA]

    @property
    def units(self) -> ConsultationUnits:
        return units_of(self.engine)

    def begin(self, person: Person) -> AbstractAsyncContextManager[ConsultationWork]:
        return self.units.begin(acting(person))

    async def published(self, audience: str = "team") -> list[Any]:
        """Type and body of each event for the audience, in their order."""
        async with self.engine.connect() as connection:
            theirs = select(outbox.c.type, outbox.c.body).where(outbox.c.audience == audience)
            return [(row.type, row.body) for row in await connection.execute(theirs.order_by(outbox.c.seq))]

    async def rows(self) -> Sequence[Any]:
        """Consultations, in the order of logging."""
        async with self.engine.connect() as connection:
            return (
                await connection.execute(select(consultation).order_by(consultation.c.logged_at, consultation.c.id))
            ).all()


SENDER = Sender("Team One", "https://consultation.example", "01632 960 141", "smtp://x", "t@one.example")


def units_of(engine: AsyncEngine) -> ConsultationUnits:
    return ConsultationUnits(SENDER, engine, region_key=b"k" * 32, clock=lambda: NOW)


def acting(person: Person) -> Actor:
    return Actor(person.id, person.roles)


def a_log(organisation_id: UUID, **changes: Any) -> LogConsultation:
    usual: dict[str, Any] = {
        "consultation_id": new_id(),
        "held_on": NOW.date(),
        "minutes": 30,
        "mode": ConsultationMode.PHONE,
        "asker": Asker(organisation_id, Profession.HEALTH_VISITOR, Tier.UNIVERSAL, "Ruth Bennett"),
        "about": About(ConsultationKind.CASE_ANONYMOUS),
        "talk": Talk("Looks away when it gets loud. Advised to wait.", frozenset({Topic.BONDING})),
    }
    return LogConsultation(**(usual | changes))


@pytest.fixture
async def asked(recycled_service: RecycledService, kept_engine: KeptEngine) -> AsyncIterator[AskedTeam]:
    engine = await kept_engine(await recycled_service("team-one", "consultation"))
    organisation_id, family_id = new_id(), new_id()
    app = pages_of(SERVICE, engine, lambda: NOW)
    async with app.state.units_of_work.begin(Actor(PRIYA.id, PRIYA.roles)) as work:
        await Colleagues(work.session).remember(PRIYA.id, PRIYA.name, PRIYA.roles)
        known = {"record_id": family_id, "reference_year": 2026, "reference_number": 110}
        await work.session.execute(insert(family).values(id=family_id, **known))
        await add_organisation(AddOrganisation(organisation_id, "Grange Park", SourceGroup.HEALTH_VISITING), work)
        logged = a_log(organisation_id, could_be_harmed=True)
        await log_consultation(logged, work)
    supervised = await supervise_one(app.state.units_of_work, NOW)
    async with engine.connect() as connection:
        task_id = await connection.scalar(select(task.c.id))
    ids = {"organisation_id": organisation_id, "consultation_id": logged.consultation_id, "task_id": task_id}
    async with walked_service(SERVICE, engine, clock=lambda: NOW, addresses={}, seen_by=SEEN_BY) as walked:
        yield AskedTeam(engine, walked, organisation_id, logged.consultation_id, family_id, ids | supervised)


@pytest.fixture
async def address(asked: AskedTeam) -> AsyncIterator[str]:
    """Where a browser finds the pages."""
    async with served_service(SERVICE, asked.engine, lambda: NOW) as address:
        yield address
