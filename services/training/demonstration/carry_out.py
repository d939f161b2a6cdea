"""Gives what happens in a demonstration to the real commands."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.training.contents import SERVICE
from services.training.coverage.commands.record_champion_activity import (
    RecordChampionActivity,
    record_champion_activity,
)
from services.training.coverage.queries.champion_list import champion_list
from services.training.database.workforce_tables import person, post
from services.training.demonstration.happening import ChampionDid, IsAway, IsCounted, Leaves, Moves, TrainingHappening
from services.training.demonstration.joiner import Joins
from services.training.demonstration.organisations import EMPLOYERS
from services.training.demonstration.taught import Taught
from services.training.demonstration.teaching import Teaching
from services.training.staff.database.training_work import TrainingUnits, TrainingWork
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.staff.domain.training_team import TrainingTeam
from services.training.workforce.commands.add_leave import AddLeave, add_leave
from services.training.workforce.commands.add_organisation import AddOrganisation, add_organisation
from services.training.workforce.commands.add_person import AddPerson, add_person
from services.training.workforce.commands.add_post import AddPost, EndOfPost, add_post
from services.training.workforce.commands.change_person import ChangePerson, change_person
from services.training.workforce.commands.end_post import EndPost, end_post
from services.training.workforce.commands.enter_headcount import EnterHeadcount, enter_headcount
from shared.contracts.slug import locality_name
from shared.kernel.actor import Actor
from shared.staff.colleagues import Colleagues

[KEEPER, *_] = [one for one in SERVICE.people if CAPABILITIES.holds(one.roles, KEEP_WORKFORCE)]
_IDS = UUID(int=0x776F726B)


class TrainingDemonstration:
    """One team's commands, each carried out at a moment that the caller says.

    Args:
        region_key: 32 bytes or more.
    """

    def __init__(self, engine: AsyncEngine, team: TrainingTeam, region_key: bytes) -> None:
        self._engine, self._team, self._region_key = engine, team, region_key
        self._teaching = Teaching(team)

    async def introduce(self, at: datetime) -> None:
        """Let the service know the colleagues' names, and the organisations."""
        async with AsyncSession(self._engine) as session, session.begin():
            for one in SERVICE.people:
                await Colleagues(session).remember(one.id, one.name, one.roles)
        async with self._at(at).begin(Actor(KEEPER.id, KEEPER.roles)) as work:
            for place, one in enumerate(EMPLOYERS):
                name = one.name.format(place=locality_name(self._team.slug))
                await add_organisation(AddOrganisation(self.employer_id(place), name, one.sector), work)

    async def carry_out(self, happening: TrainingHappening) -> None:
        """Raises Refusal when the command says no."""
        if isinstance(happening.action, Taught):
            await self._teaching.carry_out(happening.action, self._at(happening.at))
            return
        who = self.person_id(happening.about)
        async with self._at(happening.at).begin(Actor(KEEPER.id, KEEPER.roles)) as work:
            match happening.action:
                case Joins():
                    await self._join(who, happening.action, work)
                case Moves(employer, profession, last_on, from_on):
                    held = (await work.session.execute(select(post.c.version).where(post.c.id == who))).scalar_one()
                    ends = EndOfPost(who, last_on, held)
                    moved = AddPost(uuid5(who, "moved"), who, self.employer_id(employer), profession, "", from_on, ends)
                    await add_post(moved, work)
                case Leaves(last_on):
                    held = (await work.session.execute(select(post.c.version).where(post.c.id == who))).scalar_one()
                    await end_post(EndPost(who, last_on, held), work)
                case IsAway(from_on, back_on):
                    await add_leave(AddLeave(uuid5(who, "away"), who, from_on, back_on), work)
                case ChampionDid():
                    await self._champion(who, happening.action, work)
                case IsCounted(employer, profession, as_of, people):
                    counted = uuid5(_IDS, f"{self._team.slug} {happening.about} {as_of}")
                    where = self.employer_id(employer)
                    await enter_headcount(EnterHeadcount(counted, where, profession, as_of, people), work)

    async def _join(self, who: UUID, joins: Joins, work: TrainingWork) -> None:
        names = joins.given_name, joins.family_name, joins.email
        where = self.employer_id(joins.employer), joins.profession
        more = joins.is_shared_email, joins.staff_number, joins.from_on
        await add_person(AddPerson(who, *names, *where, *more), work)
        if joins.colleague_id:
            version = (await work.session.execute(select(person.c.version).where(person.c.id == who))).scalar_one()
            change = ChangePerson(who, version, *names, joins.is_shared_email, None)
            await change_person(replace(change, colleague_id=joins.colleague_id), work)

    async def _champion(self, activity_id: UUID, did: ChampionDid, work: TrainingWork) -> None:
        champions = await champion_list(work)
        if champions:
            who = sorted(one.person_id for one in champions)[did.which % len(champions)]
            done = RecordChampionActivity(activity_id, who, did.kind, work.today, did.people)
            await record_champion_activity(done, work)

    def person_id(self, about: str) -> UUID:
        """Of whom something happens; also the id of their first post."""
        return uuid5(_IDS, f"{self._team.slug} {about}")

    def employer_id(self, place: int) -> UUID:
        return uuid5(_IDS, f"{self._team.slug} {EMPLOYERS[place].name}")

    def _at(self, at: datetime) -> TrainingUnits:
        return TrainingUnits(self._team, self._engine, region_key=self._region_key, clock=lambda: at)
