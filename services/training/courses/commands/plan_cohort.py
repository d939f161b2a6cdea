"""Plan a time at which a course is taught."""

from dataclasses import dataclass

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort
from services.training.courses.packs.courses import COURSES
from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_COURSES
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PlanCohort:
    cohort: Cohort


async def plan_cohort(command: PlanCohort, work: UnitOfWork) -> None:
    """People can book it from now on.

    Raises:
        NotAllowed: the actor does not set up courses.
        RuleBroken: it cannot be taught so.
    """
    CAPABILITIES.check(work.actor.roles, KEEP_COURSES)
    cohort = command.cohort
    cohort.check(COURSES[cohort.course].version(cohort.course_version))
    await Cohorts(work).add(cohort)
    work.record("cohort.plan", cohort.id)
