"""Any of a team's three services is down for a day: the other two work, and it catches up when it is back.

Each is what it is in production beside its pages: its own database and Redis user, its relay, and its reader.
"""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.consultation.consultations.commands.log_consultation import log_consultation
from services.consultation.consultations.commands.withdraw_consultation import (
    WithdrawConsultation,
    withdraw_consultation,
)
from services.consultation.consultations.domain.consultation import About
from services.consultation.organisations.commands.add_organisation import AddOrganisation, add_organisation
from shared import discovery
from shared.contracts.consultation_codes import ConsultationKind, FamilyKnows, Profession
from shared.contracts.streams import Audience, Stream
from shared.contracts.training import TrainingCompleted
from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.actor import Actor, system
from shared.kernel.identifiers import new_id
from shared.manifest import Service
from shared.process import units_of_work
from shared.tenancy.admin import AdminUrls, ServiceAccess
from shared.tenancy.provisioning import provision_service
from shared.tenancy.secret_folder import SecretFolder
from shared.testing.page_walk import walked_settings
from shared.testing.recycled import KeptEngine, RecycledService
from shared.unit_of_work import Once, UnitsOfWork
from shared.worker import Hears, Worker, team_worker
from tests.consultation.conftest import PRIYA, a_log
from tests.guarantees.spine import rows, until
from tests.referral.a_team import ATeam

TEAM = "team-of-a-day"
NAMES = ("referral", "consultation", "training")
FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Running:
    """One of the three, which can be up or down; what people do in it is done at the team's time."""

    service: Service
    access: ServiceAccess
    engine: AsyncEngine
    now: datetime = FIRST_DAY

    @property
    def units(self) -> UnitsOfWork[Any]:
        return units_of_work(self._settings, self.engine, lambda: self.now)

    @property
    def _settings(self) -> Any:
        own = {"database_url": self.access.database_url, "redis_url": self.access.redis_url}
        return walked_settings(self.service, team=TEAM, **own)

    @asynccontextmanager
    async def up(self) -> AsyncGenerator[Worker]:
        hears = Hears({to: self.service.reactions(to) for to in self.service.reads}, ())
        name, units = self.service.name, self.units
        async with team_worker(self._settings, name, lambda: self.now, units=units, hears=hears) as worker:
            yield worker

    async def said(self) -> list[tuple[Any, ...]]:
        """To its team, in its order."""
        query = "SELECT event_id, type FROM outbox WHERE audience = 'team' ORDER BY seq"
        return [tuple(row) for row in await rows(self.access.database_url, query)]

    async def heard(self, of: str) -> list[tuple[Any, ...]]:
        key = Stream(TEAM, of, Audience.TEAM).key
        query = f"SELECT event_id, type FROM inbox WHERE stream = '{key}' ORDER BY position"
        return [tuple(row) for row in await rows(self.access.database_url, query)]


@dataclass
class Team:
    """What was done in it."""

    of: dict[str, Running]
    organisation_id: UUID
    families: list[UUID] = field(default_factory=list[UUID])
    consultations: dict[UUID, bool] = field(default_factory=dict[UUID, bool])
    """About a family by name, and whether it was withdrawn."""
    trainings: list[UUID] = field(default_factory=list[UUID])

    async def works(self, but: str = "") -> None:
        """A few of each, in those that are up."""
        for _ in range(3):
            for name in NAMES:
                if name != but:
                    await getattr(self, f"_works_in_{name}")()

    async def _works_in_referral(self) -> None:
        referral = self.of["referral"]
        accepted = await ATeam(TEAM, referral.engine, now=referral.now).accepts()
        self.families.append(accepted.family_id)

    async def _works_in_consultation(self) -> None:
        """It is logged about the family that it has known longest, and every other is withdrawn."""
        if not self.families:
            return
        about = About(ConsultationKind.CASE_NAMED, self.families[0], FamilyKnows.TODAY)
        command = a_log(self.organisation_id, about=about)
        units, is_withdrawn = self.of["consultation"].units, len(self.consultations) % 2 == 0
        async with units.begin(Actor(PRIYA.id, PRIYA.roles)) as work:
            await log_consultation(command, work)
        if is_withdrawn:
            async with units.begin(Actor(PRIYA.id, PRIYA.roles)) as work:
                await withdraw_consultation(WithdrawConsultation(command.consultation_id, 1, "Logged twice."), work)
        self.consultations[command.consultation_id] = is_withdrawn

    async def _works_in_training(self) -> None:
        training, completion_id = self.of["training"], new_id()
        today = training.now.date()
        completed = TrainingCompleted(
            completion_id=completion_id,
            colleague_id=PRIYA.id,
            course=TrainingCourse.NBO,
            level=2,
            sector=SourceGroup.HEALTH_VISITING,
            profession=Profession.HEALTH_VISITOR,
            held_from=today,
            until_on=today + timedelta(1096),
        )
        async with training.units.begin(system()) as work:
            work.publish(completed, about=Once(completion_id))
        self.trainings.append(completion_id)

    async def have_heard(self, *names: str) -> bool:
        """Each of them all that the others of them said."""
        pairs = [(name, to) for name in names for to in self.of[name].service.reads if to in names]
        return all([await self.of[name].heard(to) == await self.of[to].said() for name, to in pairs])


@pytest.fixture
async def team(
    emptied_servers: AdminUrls,
    service_secrets: SecretFolder,
    recycled_service: RecycledService,
    kept_engine: KeptEngine,
) -> Team:
    of: dict[str, Running] = {}
    for name in NAMES:
        service, access = discovery.service(name), await recycled_service(TEAM, name)
        reads, is_networked = sorted(service.reads), service.is_networked
        await provision_service(emptied_servers, TEAM, name, service_secrets, reads=reads, is_networked=is_networked)
        of[name] = Running(service, access, await kept_engine(access))
    organisation_id = new_id()
    async with of["consultation"].units.begin(Actor(PRIYA.id, PRIYA.roles)) as work:
        await add_organisation(AddOrganisation(organisation_id, "Grange Park", SourceGroup.HEALTH_VISITING), work)
    return Team(of, organisation_id)


async def test_the_others_work_and_it_catches_up_with_nothing_lost_doubled_or_out_of_order(team: Team) -> None:
    async with AsyncExitStack() as all_up:
        for one in team.of.values():
            await all_up.enter_async_context(one.up())
        await team.works()
        await until(lambda: team.have_heard(*NAMES))

    for down in NAMES:
        up = [name for name in NAMES if name != down]
        before = {to: await team.of[down].heard(to) for to in team.of[down].service.reads}
        async with AsyncExitStack() as others:
            for name in up:
                await others.enter_async_context(team.of[name].up())
            await team.works(but=down)
            for one in team.of.values():
                one.now += timedelta(days=1)
            await team.works(but=down)
            await until(lambda: team.have_heard(*up))  # noqa: B023 - it is waited for here
            assert {to: await team.of[down].heard(to) for to in team.of[down].service.reads} == before

            async with team.of[down].up():
                await until(lambda: team.have_heard(*NAMES))

    await _agrees(team)


async def _agrees(team: Team) -> None:
    """What came of it in each is what was done in the others, once."""
    referral, consultation = (team.of[name].access.database_url for name in ("referral", "consultation"))
    on_timelines = await rows(referral, "SELECT id, is_withdrawn FROM heard_consultation")
    held = await rows(referral, "SELECT completion_id FROM told_training")
    known = await rows(consultation, "SELECT id FROM family")
    assert len(team.consultations) == len(team.trainings) == len(team.families) == 15
    assert {row["id"]: row["is_withdrawn"] for row in on_timelines} == team.consultations
    assert sorted(row["completion_id"] for row in held) == sorted(team.trainings)
    assert sorted(row["id"] for row in known) == sorted(team.families)
    for one in team.of.values():
        assert await rows(one.access.database_url, "SELECT id FROM dead_letter") == []
