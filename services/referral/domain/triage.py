"""Triage: who decides on a referral, how it can end, and how long it waited. Source: reference 2.2 and 2.5."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.vocabulary import DeclineReason, Role, TriageOutcome, Urgency
from shared.kernel.calendar import working_days_between
from shared.kernel.errors import NotAllowed, RuleBroken

DECIDES = frozenset({Role.PRACTITIONER, Role.TEAM_LEAD})


@dataclass(frozen=True)
class Acceptance:
    """The team will work with the family."""

    episode_id: UUID
    urgency: Urgency
    decided_on: date
    decided_by: UUID


@dataclass(frozen=True)
class Closure:
    """The referral ends here: with advice, with another service, or with no."""

    outcome: TriageOutcome
    reason: DeclineReason
    explanation: str
    """What the referrer and the family were told; stays in the team."""
    decided_on: date
    decided_by: UUID


@dataclass(frozen=True)
class TriageWait:
    """Whole days from receipt; the same day is 0."""

    days: int
    working_days: int

    def is_over(self, target_working_days: int) -> bool:
        """On the target's own day it is not over yet."""
        return self.working_days > target_working_days


def triage_wait(received_on: date, until: date) -> TriageWait:
    """How long a referral received on that London date has waited, or did wait, for a decision."""
    return TriageWait((until - received_on).days, working_days_between(received_on, until))


def check_may_decide(roles: frozenset[Role]) -> None:
    """Raises NotAllowed when none of the roles decides on referrals."""
    if not DECIDES & roles:
        raise NotAllowed("triage_role", "A practitioner or the team lead decides on a referral. Ask one of them.")


def check_closure(closure: Closure) -> None:
    """Raises RuleBroken when nobody could learn what was said."""
    if not closure.explanation.strip():
        raise RuleBroken(
            "closure_explanation", "Write what the referrer and the family will be told.", field="explanation"
        )
