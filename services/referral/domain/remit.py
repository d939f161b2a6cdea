"""The ages that a team works with: from conception to the second birthday, or to the fifth.

A child above it can be referred: triage sees a warning and decides. Source: reference 1.1, rows 3 and 4.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.referral.domain.age import completed_months
from services.referral.domain.subject import Subject, Unborn

UpperAgeYears = Literal[2, 5]


@dataclass(frozen=True)
class Remit:
    """A team's remit ends on the birthday of this many years."""

    upper_age_years: UpperAgeYears = 2

    def includes(self, subject: Subject, on: date) -> bool:
        """Whether the subject is within the remit on that day; on the birthday itself, no longer."""
        return isinstance(subject, Unborn) or completed_months(subject.born_on, on) < self.upper_age_years * 12
