"""Keeps an invented team at work: someone refers a family, triage decides, and practitioners work with it.

The same commands as on the pages, at the machine's own time. It touches only families that it made itself, and of these
none that someone has opened: whoever looked at a record may be about to show it, and it is theirs from then on.
"""

import random
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.endings import ending
from services.referral.demonstration.facts import Facts
from services.referral.demonstration.families import InventedFamilies
from services.referral.demonstration.family_work import days_between, first_contact, lead_of
from services.referral.demonstration.happening import Accepted, Action, Begun, Received
from services.referral.demonstration.history import volume_of
from services.referral.demonstration.meetings import Meetings
from services.referral.demonstration.own_families import OwnFamily, new_key, own_families, taken
from services.referral.demonstration.register import FamilyRegister
from services.referral.demonstration.scores import all_totals
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.sessions import HOME, booked_moment
from services.referral.demonstration.steps import Booked, Led, Work
from services.referral.demonstration.triage import decide, review_days
from services.referral.support.domain.tier import Opening
from services.referral.team.domain.team import Team
from shared.demonstration.moments import at_work, is_at_work
from shared.demonstration.program import Tempo
from shared.kernel.clock import Clock, london_date

_HOURS_A_MONTH = 210
"""At work: 21 days of ten hours."""
_FEWEST_WAITING, _MOST_WAITING = 5, 12
"""When it goes fast."""


class LivingTeam:
    """Does what is due, whenever it is asked to look."""

    def __init__(
        self,
        engine: AsyncEngine,
        demonstration: Demonstration,
        team: Team,
        *,
        clock: Clock,
        chance: random.Random,
        tempo: Tempo = Tempo.USUAL,
    ) -> None:
        self._engine = engine
        self._demonstration = demonstration
        self._clock = clock
        self._chance = chance
        self._is_fast = tempo is Tempo.FAST
        self._team = team.slug
        self._looked_at = clock()

    async def look(self) -> None:
        """Refer a family if it is time for one, and do one of the things that are due."""
        now, before = self._clock(), self._looked_at
        self._looked_at = now
        if not (self._is_fast or is_at_work(now)):
            return
        async with AsyncSession(self._engine) as session:
            families = await own_families(session, now)
        if self._is_referred(now - before, sum(one.episode is None for one in families)):
            await self._refer(now)
        due = [(one, action) for one in families if (action := self._next(one, now))]
        if due:
            one, action = self._chance.choice(due)
            await self._demonstration.go_on(one.so_far, action, now)

    def _is_referred(self, passed: timedelta, waiting: int) -> bool:
        if self._is_fast:
            return waiting < _FEWEST_WAITING or (waiting < _MOST_WAITING and self._chance.random() < 0.3)
        hours = min(passed.total_seconds() / 3600, 1.0)
        return self._chance.random() < hours * volume_of(self._team).last / _HOURS_A_MONTH

    async def _refer(self, now: datetime) -> None:
        async with AsyncSession(self._engine) as session:
            register = FamilyRegister(self._team, await taken(session))
        request = InventedFamilies(self._chance, self._team, register).request(london_date(now), in_danger=False)
        await self._demonstration.receive(Received(new_key(self._chance), request), now)

    def _next(self, family: OwnFamily, now: datetime) -> Action | None:
        """What is due; None: nothing yet. The same family's chances are the same each time."""
        chance = random.Random(family.key.int)  # noqa: S311 - nothing here is secret
        decision = decide(chance, family.request, family.received_at)
        if family.episode is None:
            return self._decided(decision.action, now) if self._is_fast or now >= decision.at else None
        if not isinstance(decision.action, Accepted):
            return None
        begun = Begun("", family.request, family.received_at, decision.at, decision.action)
        if family.so_far.passed or (self._is_fast and family.last_contact_on != london_date(now)):
            return self._meeting(family, begun, now)
        return None if family.is_booked else self._appointment(family, begun, now)

    def _decided(self, action: Action, now: datetime) -> Action:
        """A decision that was to come is made now, so the team has discussed it by now."""
        if not isinstance(action, Accepted):
            return action
        today, opening = london_date(now), action.opening
        review_on = today + timedelta(review_days(opening.support))
        opening = Opening(opening.support, review_on, today if opening.mdt_on else None)
        return replace(action, opening=opening, lead=lead_of(self._chance))

    def _meeting(self, family: OwnFamily, begun: Begun, now: datetime) -> Work:
        chance = random.Random(family.key.int + 1)  # noqa: S311 - nothing here is secret
        scores = all_totals(chance)
        first_on = family.first_contact_on or london_date(now)
        last_on = first_on + timedelta(days_between(begun.accepted.opening.support) * 12)
        facts = replace(Facts.of(family.request), moods=scores["EPDS"], works=(first_on, last_on))
        meetings = Meetings(chance, begun, Sentences(self._chance, facts), scores, ending(chance))
        work = meetings.next_one(now, family.attended)
        if family.so_far.lead is None:
            return replace(work, steps=(Led(lead_of(self._chance)), *work.steps))
        return work

    def _appointment(self, family: OwnFamily, begun: Begun, now: datetime) -> Work | None:
        if family.last_contact_on is None:
            at = max(first_contact(self._chance, begun), at_work(self._chance, london_date(now) + timedelta(1)))
        else:
            days = days_between(begun.accepted.opening.support)
            at = at_work(self._chance, london_date(now) + timedelta(days))
        return Work((Booked(booked_moment(at), HOME, needs_interpreter=bool(Facts.of(family.request).language)),))
