"""Why a clock still runs: the first step towards its stop that has not been done. Source: reference 2.3 and 2.5."""

from services.referral.team.domain.wait_clock import ClockRule, History, Milestone
from shared.contracts.vocabulary import Code


class MissingStep(Code):
    """In the order in which a team takes them with a family."""

    FIRST_VISIT = "first_visit", "No first visit"
    ASSESSMENT = "assessment", "No assessment"
    FIRST_MEASURE = "first_measure", "No first measure"
    PLAN = "plan", "No agreed plan"
    INTERVENTION = "intervention", "No intervention"


MILESTONES = {
    MissingStep.FIRST_VISIT: Milestone.FIRST_CONTACT,
    MissingStep.ASSESSMENT: Milestone.ASSESSED,
    MissingStep.FIRST_MEASURE: Milestone.BASELINE,
    MissingStep.PLAN: Milestone.PLAN_AGREED,
    MissingStep.INTERVENTION: Milestone.INTERVENTION,
}
"""The day in a family's history that each of them is."""


def steps_to(rule: ClockRule) -> list[MissingStep]:
    """What must be done before the clock stops; nothing is before a first visit where it runs from the referral."""
    first = {Milestone.FIRST_CONTACT} if rule.start is Milestone.RECEIVED else set[Milestone]()
    return [step for step, milestone in MILESTONES.items() if milestone in rule.stop | first]


def missing_step(history: History, rule: ClockRule) -> MissingStep | None:
    """The first that has not been done; None when the clock has stopped, or stops at something else."""
    return next((step for step in steps_to(rule) if history.day_of(MILESTONES[step]) is None), None)
