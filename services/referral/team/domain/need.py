"""Why a family needs the team next: what is asked of whom leads the work, the most pressing first.

The order is a convention of ours: safety, then a promise that was broken, then silence, then a target about to be
missed. It says what to look at, never how somebody works. Source: product, "Work lists".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.contracts.vocabulary import Code
from shared.kernel.calendar import date_words


class Need(Code):
    """In the order in which lists are sorted."""

    SAFETY = "safety", "A safety task is open"
    REVIEW = "review", "Review overdue"
    CONTACT = "contact", "No contact for long"
    WAIT = "wait", "Waiting target ends"


@dataclass(frozen=True)
class NeedLimits:
    """When a silence is long, and how far ahead the end of a target is shown."""

    quiet_days: int = 28
    """Days after the last contact, with no appointment to come."""
    ahead_days: int = 7


@dataclass(frozen=True)
class Standing:
    """Where the work with one family stands, as far as needs ask."""

    safety_due_on: date | None
    """The first open safety task's."""
    review_on: date | None
    quiet_since: date | None
    """The last contact, or the day on which work began; None while an appointment is to come or the work is paused."""
    waits_for: str | None
    """The clock whose target ends first, in words; None when the family waits for nothing."""
    breach_on: date | None
    """The first day over that target, counted gross."""


@dataclass(frozen=True)
class Needed:
    """One need, in words that say since when."""

    need: Need
    words: str


def needs_of(standing: Standing, today: date, limits: NeedLimits) -> tuple[Needed, ...]:
    """What the family needs, the most pressing first; nothing when it can wait."""
    return tuple(Needed(need, words) for need, words in _found(standing, today, limits))


def _found(standing: Standing, today: date, limits: NeedLimits) -> Iterator[tuple[Need, str]]:
    if standing.safety_due_on is not None:
        yield Need.SAFETY, f"Answer the safety task: due {date_words(standing.safety_due_on)}"
    if standing.review_on is not None and standing.review_on < today:
        yield Need.REVIEW, f"Review: it was due {date_words(standing.review_on)}"
    if standing.quiet_since is not None and standing.quiet_since < today - timedelta(limits.quiet_days):
        yield Need.CONTACT, f"Get in touch: nothing since {date_words(standing.quiet_since)}, and nothing is booked"
    if standing.breach_on is not None and standing.breach_on <= today + timedelta(limits.ahead_days):
        over = standing.breach_on <= today
        when = "over target since" if over else "over target from"
        yield Need.WAIT, f"{standing.waits_for}: {when} {date_words(standing.breach_on)}"
