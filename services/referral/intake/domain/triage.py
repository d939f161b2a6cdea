"""Triage: who decides on a referral, how it can end, and how long it waited. Source: reference 2.2 and 2.5."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from shared.contracts.vocabulary import Code, DeclineReason, TriageOutcome, Urgency
from shared.kernel.calendar import working_days_between
from shared.kernel.errors import RuleBroken

LONGEST_WAIT_FOR_CALL_DAYS = 366
REOPENED_WITHIN_DAYS = 28
"""From the decision; after that a new referral is made. A proposal of reference 2.2."""


class Told(Code):
    """Who knows how triage ended."""

    REFERRER = "referrer", "The referrer"
    FAMILY = "family", "The family"
    NOBODY_YET = "nobody_yet", "Nobody yet"


class TargetService(Code):
    """Where a family is signposted. Source: the partners of reference 1.4."""

    FAMILY_HUB = "family_hub", "Family hub"
    HEALTH_VISITING = "health_visiting", "Health visiting, or the enhanced service"
    MATERNITY = "maternity", "Maternity"
    PERINATAL_MENTAL_HEALTH = "perinatal_mental_health", "Specialist perinatal community mental health team"
    REPRODUCTIVE_TRAUMA = "reproductive_trauma", "Reproductive Trauma Service"
    CAMHS = "camhs", "Child and adolescent mental health service"
    TALKING_THERAPIES = "talking_therapies", "NHS Talking Therapies"
    EARLY_PARENTHOOD = "early_parenthood", "Early Parenthood Service"
    DOMESTIC_ABUSE = "domestic_abuse", "For Baby's Sake, or another domestic abuse service"
    FAMILY_WELLBEING = "family_wellbeing", "Family Wellbeing Service"
    HOME_START = "home_start", "Home-Start or Dad Matters"
    SOCIAL_CARE = "social_care", "Early help or social care"
    SPEECH_LANGUAGE = "speech_language", "Speech, language and communication team"
    INFANT_FEEDING = "infant_feeding", "Infant feeding support"
    GP = "gp", "GP"
    CONSULTATION = "consultation", "Consultation for the referrer"
    OTHER_TEAM = "other_team", "Parent-infant team of another area"
    OTHER = "other", "Another service"


@dataclass(frozen=True)
class Acceptance:
    """The team will work with the family."""

    episode_id: UUID
    urgency: Urgency
    decided_on: date
    decided_by: UUID
    safe_wait_plan: str = ""
    """What holds the family while they wait, and whom they can call."""
    waiting_well_on: date | None = None
    """When someone calls to ask how they are."""


@dataclass(frozen=True)
class Closure:
    """The referral ends here: with advice, with another service, or with no."""

    outcome: TriageOutcome
    reason: DeclineReason
    explanation: str
    """What the referrer and the family were told; stays in the team."""
    decided_on: date
    decided_by: UUID
    told: frozenset[Told] = frozenset()
    target_service: TargetService | None = None
    """Where the family was signposted."""
    family_id: UUID | None = None
    """The known family that the referral was added to."""


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


def check_closure(closure: Closure) -> None:
    """Raises RuleBroken when nobody could learn what was said."""
    if not closure.explanation.strip():
        raise RuleBroken(
            "closure_explanation", "Write what the referrer and the family will be told.", field="explanation"
        )
    if closure.outcome is TriageOutcome.SIGNPOSTED and closure.target_service is None:
        raise RuleBroken("target_service", "Choose the service that fits better.", field="target_service")
    if closure.outcome is TriageOutcome.JOINED and closure.family_id is None:
        raise RuleBroken("joined_family", "Choose the family that the referral is added to.", field="joins")


def check_acceptance(acceptance: Acceptance) -> None:
    """Raises RuleBroken when the call while waiting is not to come within a year."""
    call, today = acceptance.waiting_well_on, acceptance.decided_on
    if call is not None and not today < call <= today + timedelta(LONGEST_WAIT_FOR_CALL_DAYS):
        raise RuleBroken(
            "waiting_well_on",
            "The call while they wait must be after today and within a year.",
            field="waiting_well_on",
        )


def may_be_reopened(decision: Acceptance | Closure | None, today: date) -> bool:
    """Closed, and not too long ago."""
    return isinstance(decision, Closure) and today <= decision.decided_on + timedelta(REOPENED_WITHIN_DAYS)


def check_reopening(decision: Acceptance | Closure | None, reason: str, today: date) -> None:
    """Raises RuleBroken when the referral is not closed, was closed more than 28 days ago, or no reason is given."""
    if not isinstance(decision, Closure):
        raise RuleBroken("not_closed", "Only a closed referral can be opened again.")
    if not may_be_reopened(decision, today):
        raise RuleBroken(
            "reopened_late", "It was closed more than 28 days ago. Enter a new referral for this family instead."
        )
    if not reason.strip():
        raise RuleBroken("reopening", "Write why the referral is opened again.", field="reason")
