"""Keeps an invented team at work: somebody refers a family, triage decides, and practitioners work with families.

The same commands as on the pages, at the machine's own time, so that dashboards move.
"""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.referral.database.contact_tables import contact
from services.referral.database.tables import episode
from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.endings import ended, ending
from services.referral.demonstration.families import InventedFamilies
from services.referral.demonstration.family_so_far import FamilySoFar, Passed
from services.referral.demonstration.family_work import lead_of
from services.referral.demonstration.happening import Accepted, Action, Received
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.sessions import HOME, attendance, booked_moment
from services.referral.demonstration.sessions import session as session_held
from services.referral.demonstration.steps import Booked, Led, Work
from services.referral.demonstration.support import END, a_move, turns
from services.referral.demonstration.team import PRACTITIONERS
from services.referral.demonstration.triage import decide, review_days
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.queries.triage_queue import QueueFilter, triage_queue
from services.referral.people.domain.support import Support
from services.referral.staff.queries.asking import Asking
from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.tier import Opening
from services.referral.team.domain.team import Team
from services.referral.worklists.queries.caseload import CaseloadFilter, caseload
from shared.demonstration.moments import at_work
from shared.kernel.actor import system
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import Clock, london_date
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork

_FEWEST_WAITING, _MOST_WAITING = 5, 12
_REFERRED, _DECIDED, _MOVED = 0.3, 0.5, 0.6
"""Of all draws so many, and those between them; the rest is sessions and appointments."""


class LivingTeam:
    """Does one thing, whenever it is asked."""

    def __init__(
        self, engine: AsyncEngine, demonstration: Demonstration, team: Team, *, clock: Clock, chance: random.Random
    ) -> None:
        self._engine = engine
        self._demonstration = demonstration
        self._clock = clock
        self._chance = chance
        self._team = team
        self._families = InventedFamilies(chance, team.slug)

    async def do_something(self) -> None:
        """The triage queue stays between 5 and 12 or so; the rest is work with families, above all sessions."""
        now = self._clock()
        async with AsyncSession(self._engine) as session:
            work = UnitOfWork(session, system(), now)
            waiting = await triage_queue(work, london_date(now), QueueFilter()).whole(session)
        draw = self._chance.random()
        if len(waiting) < _FEWEST_WAITING or (draw < _REFERRED and len(waiting) < _MOST_WAITING):
            await self._refer(now)
        elif draw < _DECIDED or len(waiting) >= _MOST_WAITING:
            await self._decide(self._chance.choice(waiting).referral_id, now)
        else:
            await self._work(now, draw)

    async def _refer(self, now: datetime) -> None:
        request = self._families.request(london_date(now))
        await self._demonstration.receive(Received(new_id(), request), now)

    async def _decide(self, referral_id: UUID, now: datetime) -> None:
        async with AsyncSession(self._engine) as session:
            referral = await Referrals(UnitOfWork(session, system(), now)).get(referral_id)
        action = decide(self._chance, referral.request, now).action
        if isinstance(action, Accepted):
            # A decision that was to come is made now, so the team has discussed it by now.
            today, opening = london_date(now), action.opening
            review_on = today + timedelta(review_days(opening.support))
            opening = Opening(opening.support, review_on, today if opening.mdt_on else None)
            action = replace(action, opening=opening, lead=lead_of(self._chance))
        await self._demonstration.go_on(FamilySoFar(referral_id), action, now)

    async def _work(self, now: datetime, draw: float) -> None:
        """The next thing with any family that gets support."""
        async with AsyncSession(self._engine) as session:
            asking = Asking(system(), now, london_date(now), self._team.wait_rules, self._team.need_limits)
            lines = await caseload(asking, CaseloadFilter()).whole(session)
            if not lines:
                return
            line = self._chance.choice(lines)
            work = UnitOfWork(session, system(), now)
            begun = await Episodes(work).get(line.episode_id)
            request = (await Referrals(work).get(begun.referral_id)).request
            lead = await _lead_of(session, begun.id)
            passed = await _passed(session, begun.id, now)
        family = FamilySoFar(begun.referral_id, begun.id, begun.family_id, lead, passed=passed)
        sentences = Sentences.about(self._chance, request)
        if draw < _MOVED and not passed:
            action = self._turn(begun.support, sentences, london_date(now))
        elif line.next_contact_at is None and not passed:
            action = self._appointment(now)
        elif passed or line.last_contact_on != london_date(now):
            action = Work((session_held(self._chance, sentences, HOME, attendance(self._chance)),))
        else:
            return
        if lead is None and isinstance(action, Work):
            action = replace(action, steps=(Led(lead_of(self._chance)), *action.steps))
        await self._demonstration.go_on(family, action, now)

    def _turn(self, support: Support, sentences: Sentences, today: date) -> Action:
        """A move to another tier, or the end of the work."""
        turn = next(turns(self._chance, support))
        if turn.kind != END:
            return a_move(self._chance, turn.kind, turn.to, today)
        how = ending(self._chance)
        return Work((ended(self._chance, sentences, how, today),), by_team_lead=True)

    def _appointment(self, now: datetime) -> Work:
        day = add_working_days(london_date(now), self._chance.randint(2, 9))
        return Work((Booked(booked_moment(at_work(self._chance, day)), HOME),))


async def _lead_of(session: AsyncSession, episode_id: UUID) -> int | None:
    """The place of whoever leads the work among the invented practitioners; somebody else counts as the first."""
    lead_id = await session.scalar(select(episode.c.lead_id).where(episode.c.id == episode_id))
    if lead_id is None:
        return None
    return next((number for number, one in enumerate(PRACTITIONERS) if one.id == lead_id), 0)


async def _passed(session: AsyncSession, episode_id: UUID, now: datetime) -> Passed | None:
    """The first appointment of which nobody has said what happened."""
    query = select(contact).where(contact.c.episode_id == episode_id, contact.c.attendance.is_(None))
    found = await session.execute(query.where(contact.c.starts_at < now).order_by(contact.c.starts_at).limit(1))
    row = found.one_or_none()
    return None if row is None else Passed(row.id, row.version, london_date(row.starts_at))
