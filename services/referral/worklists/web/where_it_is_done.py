"""Where a family's next step is done: the address that a row of a list leads to."""

from collections.abc import Mapping
from uuid import UUID

from services.referral.team.domain.missing_step import MissingStep
from services.referral.team.domain.need import Need, Needed

_STEPS: Mapping[MissingStep, str] = {
    MissingStep.FIRST_VISIT: "appointments/new",
    MissingStep.ASSESSMENT: "plan/assessment",
    MissingStep.FIRST_MEASURE: "measures/choose",
    MissingStep.PLAN: "plan/agree",
    MissingStep.INTERVENTION: "plan",
}
_NEEDS: Mapping[Need, str] = {
    Need.REVIEW: "plan/review",
    Need.CONTACT: "appointments/new",
    Need.BOOKING: "appointments/new",
}


def step_address(family_id: UUID, step: MissingStep, *, is_booked: bool) -> str:
    """A first visit that is booked is recorded when it has been."""
    end = "sessions" if step is MissingStep.FIRST_VISIT and is_booked else _STEPS[step]
    return f"/families/{family_id}/{end}"


def need_address(family_id: UUID, needed: Needed, safety_task_id: UUID | None, *, is_booked: bool) -> str:
    """Args: safety_task_id: the first that is due, where there is one."""
    if needed.need is Need.SAFETY:
        return f"/tasks/{safety_task_id}"
    if needed.step:
        return step_address(family_id, needed.step, is_booked=is_booked)
    return f"/families/{family_id}/{_NEEDS[needed.need]}"
