"""Gives what happens in a demonstration to the real commands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.referral.commands.accept_referral import AcceptReferral, accept_referral
from services.referral.commands.close_referral import CloseReferral, close_referral
from services.referral.commands.move_tier import MoveTier, move_tier
from services.referral.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.database.colleagues import Colleagues
from services.referral.demonstration.happening import Accepted, Action, Closed, Happening, Received
from services.referral.domain.tier import TierMove
from services.referral.domain.triage import TargetService, Told
from services.referral.web.demonstration_people import PEOPLE
from shared.contracts.vocabulary import Role, TriageOutcome
from shared.kernel.actor import Actor, public_form
from shared.unit_of_work import UnitsOfWork

PRACTITIONER = next(person for person in PEOPLE if Role.PRACTITIONER in person.roles)
LEAD = next(person for person in PEOPLE if Role.TEAM_LEAD in person.roles)
"""Those who decide: the practitioner on referrals, the lead on support."""


@dataclass
class Family:
    """How far one family has come."""

    referral_id: UUID
    episode_id: UUID | None = None
    episode_version: int = 0


class Demonstration:
    """One team's commands, each carried out at a moment that the caller says.

    Args:
        team: slug.
        region_key: 32 bytes or more.
    """

    def __init__(self, engine: AsyncEngine, team: str, region_key: bytes) -> None:
        self._engine = engine
        self._team = team
        self._region_key = region_key
        self._families: dict[str, Family] = {}

    async def introduce(self) -> None:
        """Let the record know the names of those who decide."""
        async with AsyncSession(self._engine) as session, session.begin():
            for person in (PRACTITIONER, LEAD):
                await Colleagues(session).remember(person.id, person.name, person.roles)

    async def carry_out(self, happening: Happening) -> None:
        """Raises Refusal when the command says no."""
        if isinstance(happening.action, Received):
            self._families[happening.family] = await self.receive(happening.action, happening.at)
            return
        await self.go_on(self._families[happening.family], happening.action, happening.at)

    async def receive(self, received: Received, at: datetime) -> Family:
        command = ReceiveReferral(self._team, received.key, received.request)
        async with self._at(at).begin(public_form()) as work:
            return Family((await receive_referral(command, work)).referral_id)

    async def go_on(self, family: Family, action: Action, at: datetime) -> None:
        """Decide on the family's referral, or move it to another tier."""
        person = LEAD if isinstance(action, TierMove) else PRACTITIONER
        async with self._at(at).begin(Actor(person.id, person.roles)) as work:
            match action:
                case Accepted(urgency, opening):
                    command = AcceptReferral(family.referral_id, 1, urgency, opening)
                    family.episode_id = (await accept_referral(command, work)).episode_id
                    family.episode_version = 1
                case Closed(outcome, reason, explanation):
                    target = TargetService.FAMILY_HUB if outcome is TriageOutcome.SIGNPOSTED else None
                    told = frozenset({Told.REFERRER, Told.FAMILY})
                    close = CloseReferral(family.referral_id, 1, outcome, reason, explanation, told, target)
                    await close_referral(close, work)
                case TierMove() if family.episode_id:
                    await move_tier(MoveTier(family.episode_id, family.episode_version, action), work)
                    family.episode_version += 1
                case _:
                    raise ValueError("this family has no episode")

    def _at(self, at: datetime) -> UnitsOfWork:
        return UnitsOfWork(self._engine, region_key=self._region_key, clock=lambda: at)
