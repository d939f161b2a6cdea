"""Where the work with a family stands: a fold over its record, which nobody sets. Source: reference 2.3."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.vocabulary import Code


class Phase(Code):
    WAITING = "waiting", "Waiting for the first contact"
    ASSESSMENT = "assessment", "Assessment"
    FORMULATION = "formulation", "Making sense of it together"
    PLANNING = "planning", "Agreeing a plan"
    INTERVENTION = "intervention", "Intervention"
    REVIEW_DUE = "review_due", "Intervention, with a review overdue"
    HAND_OVER = "hand_over", "Planning the hand-over"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


@dataclass(frozen=True)
class Milestones:
    """What the record says; None where it did not happen yet."""

    first_contact_on: date | None = None
    assessed_on: date | None = None
    formulated_on: date | None = None
    plan_agreed_on: date | None = None
    review_on: date | None = None
    ended_on: date | None = None
    is_paused: bool = False
    is_hand_over_planned: bool = False


def phase_of(record: Milestones, today: date) -> Phase:
    """The phase on that day."""
    if record.ended_on is not None:
        return Phase.ENDED
    if record.is_paused:
        return Phase.PAUSED
    if record.is_hand_over_planned:
        return Phase.HAND_OVER
    if record.plan_agreed_on is not None:
        return Phase.REVIEW_DUE if record.review_on and record.review_on < today else Phase.INTERVENTION
    return _before_the_plan(record)


def _before_the_plan(record: Milestones) -> Phase:
    if record.first_contact_on is None:
        return Phase.WAITING
    if record.assessed_on is None:
        return Phase.ASSESSMENT
    return Phase.FORMULATION if record.formulated_on is None else Phase.PLANNING
