"""Every few seconds: a training that is another account's now is told: records were joined, or an account linked."""

from sqlalchemy import select

from services.training.certificates.database.completions import Completions
from services.training.courses.packs.courses import COURSES
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import person
from services.training.staff.database.training_work import TrainingUnits
from shared.kernel.actor import system

TOLD = [code.value for code, course in COURSES.items() if not course.leads_to_accreditation]
"""Of the others, an accreditation is told."""


async def tell_holders(units: TrainingUnits) -> int:
    """One at a time; gives 1, or 0 when everyone knows whose each is."""
    async with units.begin(system()) as work:
        differs = completion.c.told_to.is_distinct_from(person.c.colleague_id)
        wrong = (
            select(completion.c.id)
            .join(person, person.c.id == completion.c.person_id)
            .where(completion.c.withdrawn_at.is_(None), completion.c.course.in_(TOLD), differs)
        )
        completion_id = await work.session.scalar(wrong.limit(1))
        if completion_id is None:
            return 0
        completions = Completions(work)
        one = await completions.get_to_change(completion_id)
        told = one.tell_holder(await completions.colleague_of(one.person_id))
        if told:
            work.publish(told, about=one)
        await completions.save(one)
        return 1
