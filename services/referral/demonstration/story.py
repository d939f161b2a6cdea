"""A family with a story that can be told: how it was referred, and what is so in it."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.referral.demonstration.facts import Facts
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.telling import StoryTelling, StoryWork
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.subject import Baby
from services.referral.people.domain.support import Support
from shared.contracts.vocabulary import Urgency


@dataclass(frozen=True)
class Story:
    """One family's way through the team."""

    name: str
    days_ago: int
    request: ReferralRequest
    accepted_after: int
    """Working days."""
    urgency: Urgency
    support: Support
    work: StoryWork
    lead: int = 0
    """Place among the practitioners."""
    moods: tuple[int, int] = (14, 11)
    """Totals of EPDS at the start and now, or at the end."""
    birth: Baby | None = None
    """After the referral."""
    days: int | None = None
    """How long the work went on; None: it goes on."""

    def telling(self, accepted_on: date, until: date, chance: random.Random) -> StoryTelling:
        """With all that is so in this family."""
        facts = Facts.of(self.request)
        facts = facts.born(self.birth) if self.birth else facts
        last_on = until if self.days is None else accepted_on + timedelta(self.days)
        facts = replace(facts, moods=self.moods, works=(accepted_on, last_on))
        return StoryTelling(accepted_on, until, Sentences(chance, facts))
