"""The ages that a team works with: from conception to the second birthday, or to the fifth.

A child above it can be referred: triage sees a warning and decides. Hand-over to whoever goes on afterwards is planned
from 18 months. Source: reference 1.1, rows 3 and 4.
"""

from dataclasses import dataclass
from datetime import date

from services.referral.people.domain.age import birthday, completed_months, turns_on
from services.referral.people.domain.subject import Subject, Unborn
from services.referral.team.domain.upper_age import UpperAgeYears

HAND_OVER_MONTHS = 18


@dataclass(frozen=True)
class HandOverWindow:
    """When hand-over is planned and done."""

    from_on: date
    """The child is 18 months old."""
    until_on: date
    """The birthday on which the remit ends."""

    def includes(self, on: date) -> bool:
        """Whether hand-over should be planned on that day; on the birthday itself it should be done."""
        return self.from_on <= on < self.until_on

    def is_over(self, on: date) -> bool:
        return on >= self.until_on


@dataclass(frozen=True)
class Remit:
    """A team's remit ends on the birthday of this many years."""

    upper_age_years: UpperAgeYears = 2

    def includes(self, subject: Subject, on: date) -> bool:
        """Whether the subject is within the remit on that day; on the birthday itself, no longer."""
        return isinstance(subject, Unborn) or completed_months(subject.born_on, on) < self.upper_age_years * 12

    def hand_over(self, born_on: date) -> HandOverWindow:
        """From 18 months to the birthday on which the remit ends."""
        return HandOverWindow(turns_on(born_on, HAND_OVER_MONTHS), birthday(born_on, self.upper_age_years))
