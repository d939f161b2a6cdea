"""What triage asks the referrer for before it can decide. Source: reference 2.2, incomplete.

The referral waits on from its first receipt. Once it was asked for and chased twice it may be returned, but never while
there is a worry about someone's safety.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from shared.kernel.errors import RuleBroken

CHASES_BEFORE_RETURN = 2
LONGEST_CHASE_DAYS = 60


@dataclass(frozen=True)
class Enquiry:
    """Something that is missing."""

    asked_for: str
    asked_on: date
    """When it was asked for first."""
    chase_on: date
    """When to ask again."""
    safety_worry: bool
    """Someone's safety is in question, so the referral is never returned for want of an answer."""
    chases: int = 0
    """How often it was asked for again."""
    supplied: str | None = None
    supplied_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.supplied_on is None

    @property
    def may_be_returned(self) -> bool:
        return self.is_open and self.chases >= CHASES_BEFORE_RETURN and not self.safety_worry


def ask(before: Enquiry | None, asked_for: str, chase_on: date, today: date, *, safety_worry: bool) -> Enquiry:
    """Ask for the first time or, while nothing came, once more.

    Raises:
        RuleBroken: it is not said what is missing, or the chase date is not within 60 days from now.
    """
    if not asked_for.strip():
        raise RuleBroken("asked_for", "Write what is missing.", field="asked_for")
    if not today < chase_on <= today + timedelta(LONGEST_CHASE_DAYS):
        raise RuleBroken("chase_on", "The day to ask again must be after today and within 60 days.", field="chase_on")
    if before is not None and before.is_open:
        worry = safety_worry or before.safety_worry
        return replace(before, asked_for=asked_for, chase_on=chase_on, chases=before.chases + 1, safety_worry=worry)
    return Enquiry(asked_for, today, chase_on, safety_worry)


def supply(enquiry: Enquiry | None, supplied: str, today: date) -> Enquiry:
    """What was asked for has come.

    Raises:
        RuleBroken: nothing was asked for, or it is not said what came.
    """
    if enquiry is None or not enquiry.is_open:
        raise RuleBroken("nothing_asked", "Nothing is being asked for in this referral.")
    if not supplied.strip():
        raise RuleBroken("supplied", "Write what the referrer answered.", field="supplied")
    return replace(enquiry, supplied=supplied, supplied_on=today)
