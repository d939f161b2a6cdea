"""Keeps an invented team at work: every now and then somebody refers a family, triage decides, support changes.

The same commands as on the pages, at the machine's own time, so that dashboards move.
"""

import asyncio
import random
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.referral.database.episodes import Episodes
from services.referral.database.referrals import Referrals
from services.referral.demonstration.carry_out import Demonstration, Family
from services.referral.demonstration.families import Families
from services.referral.demonstration.happening import Received
from services.referral.demonstration.support import a_move, turns
from services.referral.demonstration.triage import decide
from services.referral.domain.need import NeedLimits
from services.referral.domain.wait_clock import DEFAULT_RULES
from services.referral.queries.asking import Asking
from services.referral.queries.caseload import CaseloadFilter, caseload
from services.referral.queries.triage_queue import QueueFilter, triage_queue
from shared.kernel.actor import system
from shared.kernel.clock import Clock, london_date
from shared.kernel.errors import Refusal
from shared.kernel.identifiers import new_id

SECONDS_BETWEEN = (8.0, 24.0)
_FEWEST_WAITING, _MOST_WAITING = 5, 12

log = structlog.get_logger()


class LivingTeam:
    """Does one thing after the other until it is cancelled."""

    def __init__(
        self, engine: AsyncEngine, demonstration: Demonstration, team: str, *, clock: Clock, chance: random.Random
    ) -> None:
        self._engine = engine
        self._demonstration = demonstration
        self._clock = clock
        self._chance = chance
        self._families = Families(chance, team)

    async def live(self) -> None:
        while True:
            await asyncio.sleep(self._chance.uniform(*SECONDS_BETWEEN))
            try:
                await self.do_something()
            except Refusal as refusal:  # somebody at the pages was quicker
                log.info("demonstration_refused", code=refusal.code)

    async def do_something(self) -> None:
        """A new referral, a decision on one, or a move; the triage queue stays between 5 and 12 or so."""
        now = self._clock()
        async with AsyncSession(self._engine) as session:
            waiting = (await triage_queue(session, london_date(now), QueueFilter(), page=None)).rows
        draw = self._chance.random()
        if len(waiting) < _FEWEST_WAITING or (draw < 0.45 and len(waiting) < _MOST_WAITING):
            await self._refer(now)
        elif draw < 0.75 or len(waiting) >= _MOST_WAITING:
            await self._decide(self._chance.choice(waiting).referral_id, now)
        else:
            await self._move(now)

    async def _refer(self, now: datetime) -> None:
        request = self._families.request(london_date(now))
        await self._demonstration.receive(Received(new_id(), request), now)

    async def _decide(self, referral_id: UUID, now: datetime) -> None:
        async with AsyncSession(self._engine) as session:
            referral = await Referrals(session).get(referral_id)
        action = decide(self._chance, referral.request, now).action
        await self._demonstration.go_on(Family(referral_id), action, now)

    async def _move(self, now: datetime) -> None:
        """The next turn of any family that gets support."""
        today = london_date(now)
        async with AsyncSession(self._engine) as session:
            asking = Asking(system(), now, today, DEFAULT_RULES, NeedLimits())
            families = (await caseload(session, asking, CaseloadFilter(), page=None)).rows
            if not families:
                return
            episode = await Episodes(session).get(self._chance.choice(families).episode_id)
        turn = next(turns(self._chance, episode.support))
        family = Family(episode.referral_id, episode.id, episode.version)
        await self._demonstration.go_on(family, a_move(self._chance, turn.kind, turn.to, today), now)
