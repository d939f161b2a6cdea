"""Every few minutes: a training that counts no longer, by London’s day, is told once; not if it was renewed."""

from sqlalchemy import select

from services.training.certificates.database.completions import Completions
from services.training.certificates.domain.refresh import has_expired
from services.training.courses.packs.courses import COURSES
from services.training.database.course_tables import completion
from services.training.staff.database.training_work import TrainingUnits
from shared.kernel.actor import system


async def expire_trainings(units: TrainingUnits) -> int:
    """One at a time, so that a week of them after a stop is no long transaction; gives 1, or 0 when none is due."""
    async with units.begin(system()) as work:
        is_due = completion.c.until_on <= work.today, completion.c.withdrawn_at.is_(None)
        due = (
            select(completion.c.id)
            .where(*is_due, completion.c.expired_told_at.is_(None))
            .order_by(completion.c.until_on)
        )
        completion_id = await work.session.scalar(due.limit(1))
        if completion_id is None:
            return 0
        completions = Completions(work)
        one = await completions.get_to_change(completion_id)
        expired = one.expire(await completions.colleague_of(one.person_id), work.now)
        is_told = not COURSES[one.course].leads_to_accreditation
        if is_told and all(has_expired(held, work.today) for held in await completions.held(one.person_id, one.course)):
            work.publish(expired, about=one)
            work.record("training.expire", one.id)
        await completions.save(one)
        return 1
