"""A team's training service with everybody signed in, one organisation and one person who works there."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from services.training.contents import SERVICE
from services.training.database.workforce_tables import organisation, person, post
from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.identifiers import new_id
from shared.testing.page_routes import addresses_of, page_routes
from shared.testing.page_walk import WalkedService, pages_of, walked_service
from shared.testing.recycled import KeptEngine, RecycledService
from tests.training.a_course import TeachingTeam

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
PRIYA, TOM, ANN, BETH = SERVICE.people


@dataclass(frozen=True)
class TrainedTeam:
    """A team that knows one person."""

    engine: AsyncEngine
    walked: WalkedService
    organisation_id: UUID
    person_id: UUID
    by_email: Sequence[str]
    """Addresses of bookings."""

    @property
    def ann(self) -> httpx.AsyncClient:
        return self.walked.clients[ANN]


@pytest.fixture
async def trained(recycled_service: RecycledService, kept_engine: KeptEngine) -> AsyncIterator[TrainedTeam]:
    engine = await kept_engine(await recycled_service("team-one", "training"))
    organisation_id, person_id = new_id(), new_id()
    async with engine.begin() as connection:
        named = {"name": "Grange Park", "sector": SourceGroup.HEALTH_VISITING}
        await connection.execute(insert(organisation).values(id=organisation_id, version=1, **named))
        called = {"given_name": "Ruth", "family_name": "Bennett", "email": "ruth@grange.example"}
        more: dict[str, Any] = {"earlier_names": [], "is_shared_email": False}
        await connection.execute(insert(person).values(id=person_id, version=1, **called, **more))
        works = {"organisation_id": organisation_id, "profession": Profession.HEALTH_VISITOR, "staff_number": "00123"}
        since = {"from_on": date(2024, 9, 1)}
        await connection.execute(insert(post).values(id=new_id(), version=1, person_id=person_id, **works, **since))
    team = TeachingTeam(engine, now=NOW)
    cohort = await team.plan(capacity=2)
    await team.plan(starts=datetime(2026, 6, 15, tzinfo=UTC))
    placed, _, waits = [await team.book(cohort, number) for number in range(3)]
    ids = {
        "organisation_id": organisation_id,
        "person_id": person_id,
        "cohort_id": cohort.id,
        "booking_id": waits.id,
        "course": cohort.course,
        "secret": placed.secret,
        "number": 1,
    }
    addresses = addresses_of(page_routes(pages_of(SERVICE, engine, lambda: NOW)), ids, {})
    async with walked_service(SERVICE, engine, clock=lambda: NOW, addresses=addresses) as walked:
        yield TrainedTeam(
            engine, walked, organisation_id, person_id, [f"/place/{placed.secret}", f"/place/{waits.secret}"]
        )


@pytest.fixture
async def teaching(recycled_service: RecycledService, kept_engine: KeptEngine) -> TeachingTeam:
    return TeachingTeam(await kept_engine(await recycled_service("team-one", "training")))
