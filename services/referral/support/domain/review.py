"""A review: what the baby shows, what the family says, and whether the support still fits. Source: reference 2.3."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.referral.people.domain.support import Support
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_SUPPORT
from services.referral.support.domain.clinical_rule import check_day, check_words
from services.referral.support.domain.tier import LONGEST_REVIEW_DAYS
from shared.contracts.pathway import ReviewCompleted
from shared.contracts.vocabulary import Level, Role
from shared.kernel.errors import RuleBroken

TARGETED_WEEKS = 12
SPECIALIST_WEEKS = 12
RISK_WEEKS = 6
"""Proposals of the reference (2.3): what a form suggests, never what it demands."""


@dataclass(frozen=True)
class Review:
    id: UUID
    episode_id: UUID
    held_on: date
    infant_voice: str
    family_view: str
    """What the parents or carers think of how it goes."""
    decision: str
    """How it goes on, and why."""
    next_review_on: date

    def complete(
        self, support: Support, due_on: date | None, not_before: date, roles: frozenset[Role], today: date
    ) -> ReviewCompleted:
        """The support is confirmed; a change of it is a move of its own.

        Raises:
            NotAllowed: the actor does not work with families.
            RuleBroken: something is not written, or a day is wrong.
        """
        CAPABILITIES.check(roles, RECORD_SUPPORT)
        check_day(self.held_on, not_before, today, "held_on")
        check_words(self.infant_voice, "Write what you saw the baby do.", "infant_voice")
        check_words(self.family_view, "Write what the parents or carers think.", "family_view")
        check_words(self.decision, "Write how it goes on.", "decision")
        if not today < self.next_review_on <= today + timedelta(LONGEST_REVIEW_DAYS):
            raise RuleBroken(
                "review_range", "The next review must be after today and within a year.", field="next_review_on"
            )
        return ReviewCompleted(
            episode_id=self.episode_id,
            held_on=self.held_on,
            days_over=max(0, (self.held_on - due_on).days) if due_on else 0,
            level=support.level,
            has_infant_voice=True,
        )


def suggested_review(support: Support, today: date) -> date:
    """When the next review is usual."""
    if support.risk_support:
        return today + timedelta(weeks=RISK_WEEKS)
    return today + timedelta(weeks=SPECIALIST_WEEKS if support.level is Level.SPECIALIST else TARGETED_WEEKS)
