"""Gives what happens in a demonstration to the real commands."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.referral.demonstration.family_so_far import FamilySoFar
from services.referral.demonstration.happening import (
    Accepted,
    Action,
    AskedForMore,
    Closed,
    DangerAnswered,
    Happening,
    NumberLeft,
    OfTeam,
    Received,
    Reopened,
    Supplied,
)
from services.referral.demonstration.steps import Work
from services.referral.demonstration.take_step import take_steps
from services.referral.demonstration.take_team_step import take_team_step
from services.referral.demonstration.take_triage_step import take_triage_step
from services.referral.demonstration.team import CAPACITIES, PRACTITIONERS, TEAM_LEAD, trainings
from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.staff.commands.keep_promises import KeepPromises, keep_promises
from services.referral.support.commands.move_tier import MoveTier, move_tier
from services.referral.support.commands.record_training import RecordTraining, record_training
from services.referral.support.commands.set_capacity import SetCapacity, set_capacity
from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.tier import TierMove
from services.referral.team.database.team_work import TeamUnits
from services.referral.team.domain.team import Team
from shared.contracts.pathway_codes import PromiseKind
from shared.kernel.actor import Actor, public_form
from shared.kernel.clock import london_date
from shared.manifest import Person
from shared.staff.colleagues import Colleagues


class Demonstration:
    """One team's commands, each carried out at a moment that the caller says.

    Args:
        region_key: 32 bytes or more.
    """

    def __init__(self, engine: AsyncEngine, team: Team, region_key: bytes) -> None:
        self._engine = engine
        self._team = team
        self._region_key = region_key
        self._families: dict[str, FamilySoFar] = {}

    async def introduce(self, at: datetime) -> None:
        """Let the record know the practitioners: their names, how many families each can carry, and their trainings."""
        async with AsyncSession(self._engine) as session, session.begin():
            for person in PRACTITIONERS:
                await Colleagues(session).remember(person.id, person.name, person.roles)
        async with self._at(at).begin(_acting(TEAM_LEAD)) as work:
            for number, person in enumerate(PRACTITIONERS):
                await set_capacity(SetCapacity(person.id, CAPACITIES[number]), work)
                for held in trainings(number, london_date(at)):
                    await record_training(RecordTraining(person.id, held), work)

    async def carry_out(self, happening: Happening) -> None:
        """Raises Refusal when the command says no."""
        if isinstance(happening.action, Received):
            before = self._families.get(happening.family)
            family = await self.receive(happening.action, happening.at)
            if before is not None:
                family.family_id, family.lead, family.record = before.family_id, before.lead, before.record
            self._families[happening.family] = family
            return
        if isinstance(happening.action, OfTeam):
            actor = public_form() if isinstance(happening.action, NumberLeft) else _acting(TEAM_LEAD)
            async with self._at(happening.at).begin(actor) as work:
                await take_team_step(happening.action, work)
            return
        await self.go_on(self._families[happening.family], happening.action, happening.at)

    async def receive(self, received: Received, at: datetime) -> FamilySoFar:
        command = ReceiveReferral(received.key, received.request)
        async with self._at(at).begin(public_form()) as work:
            return FamilySoFar((await receive_referral(command, work)).referral_id)

    async def go_on(self, family: FamilySoFar, action: Action, at: datetime) -> None:
        """Decide on the family's referral, move it to another tier, or work with it."""
        async with self._at(at).begin(_acting(_decides(family, action))) as work:
            match action:
                case DangerAnswered():
                    await keep_promises(KeepPromises(family.referral_id, PromiseKind), work)
                case Accepted() | Closed() | AskedForMore() | Supplied() | Reopened():
                    await take_triage_step(family, action, work)
                case TierMove() if family.episode_id:
                    episode = await Episodes(work).get(family.episode_id)
                    await move_tier(MoveTier(episode.id, episode.version, action), work)
                case Work():
                    await take_steps(family, action.steps, work)
                case _:
                    raise ValueError("this family has no episode")

    def _at(self, at: datetime) -> TeamUnits:
        return TeamUnits(self._team, self._engine, region_key=self._region_key, clock=lambda: at)


def _acting(person: Person) -> Actor:
    return Actor(person.id, person.roles)


def _decides(family: FamilySoFar, action: Action) -> Person:
    """The team lead on support, whoever leads the work on the work, and the first practitioner on referrals."""
    if isinstance(action, TierMove) or (isinstance(action, Work) and action.by_team_lead):
        return TEAM_LEAD
    return PRACTITIONERS[family.lead or 0]
