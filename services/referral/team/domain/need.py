"""Why a family needs the team next: what is asked of whom leads the work, the most pressing first.

The order is a convention of ours: safety, then a promise that was broken, then silence, then a target about to be
missed, then a visit to book. It says what to look at, never how someone works. Source: product, "Work lists".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.referral.team.domain.missing_step import MissingStep
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Code


class Need(Code):
    """In the order in which lists are sorted."""

    SAFETY = "safety", "Safety"
    REVIEW = "review", "Review overdue"
    CONTACT = "contact", "Not seen"
    WAIT = "wait", "Not started"
    BOOKING = "booking", "Nothing booked"


@dataclass(frozen=True)
class NeedLimits:
    """When a silence is long, and how far ahead the end of a target is shown."""

    quiet_days: int = 28
    """Days after the last contact, with no appointment to come."""
    ahead_days: int = 7


@dataclass(frozen=True)
class SafetyDue:
    """A family's safety tasks that nobody has answered, at least one."""

    kind: TaskKind
    """Of the first that is due."""
    due_on: date
    number: int


@dataclass(frozen=True)
class Standing:
    """Where the work with one family stands, as far as needs ask."""

    safety: SafetyDue | None
    review_on: date | None
    quiet_since: date | None
    """The last contact, or the day on which work began; None while an appointment is to come or the work is paused."""
    missing: MissingStep | None
    """What the clock whose target ends first still waits for; None when the family waits for nothing."""
    breach_on: date | None
    """The first day over that target, counted gross."""


@dataclass(frozen=True)
class Needed:
    """One need: the label of `need` says why, `words` what to do about it or what is missing, `when` since when."""

    need: Need
    words: str
    when: str = ""
    step: MissingStep | None = None
    """That a wait is for."""


_SAFETY_WORDS = {
    TaskKind.RISK_NOTE: "New risk noted",
    TaskKind.SELF_HARM_ANSWER: "Self-harm answer",
    TaskKind.SAFEGUARDING_ANSWER: "Safeguarding answer",
}


def needs_of(standing: Standing, today: date, limits: NeedLimits) -> tuple[Needed, ...]:
    """What the family needs, the most pressing first; nothing when it can wait."""
    return tuple(_found(standing, today, limits))


def _found(standing: Standing, today: date, limits: NeedLimits) -> Iterator[Needed]:
    if (safety := standing.safety) is not None:
        more = f" and {safety.number - 1} more" if safety.number > 1 else ""
        yield Needed(Need.SAFETY, _SAFETY_WORDS[safety.kind] + more, _due(safety.due_on, today))
    if standing.review_on is not None and standing.review_on < today:
        yield Needed(Need.REVIEW, "Record review", _due(standing.review_on, today))
    quiet_days = None if standing.quiet_since is None else (today - standing.quiet_since).days
    if quiet_days is not None and quiet_days > limits.quiet_days:
        yield Needed(Need.CONTACT, "Book a visit", f"not seen for {_days(quiet_days)}")
    if standing.breach_on is not None and standing.breach_on <= today + timedelta(limits.ahead_days):
        words = standing.missing.label if standing.missing else ""
        yield Needed(Need.WAIT, words, _over((today - standing.breach_on).days + 1), standing.missing)
    if quiet_days is not None and quiet_days <= limits.quiet_days:
        yield Needed(Need.BOOKING, "Book a visit")


def _due(due_on: date, today: date) -> str:
    days = (today - due_on).days
    return f"{_days(days)} overdue" if days > 0 else "today"


def _over(days: int) -> str:
    """Days over a target; 0 on the last day that is within it."""
    if days == 0:
        return "last day"
    return f"{_days(days)} over" if days > 0 else f"{_days(-days)} left"


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
