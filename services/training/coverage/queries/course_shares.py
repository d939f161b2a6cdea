"""How many hold each course, of those whom the headcounts know? For a glance at all courses at once."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import and_, exists, func, or_, select

from services.training.database.course_tables import completion
from services.training.database.workforce_tables import headcount, person, post
from services.training.workforce.database.spans import holds_on
from shared.contracts.training_codes import TrainingCourse
from shared.unit_of_work import UnitOfWork


async def course_shares(work: UnitOfWork, courses: Sequence[TrainingCourse], day: date) -> Mapping[TrainingCourse, int]:
    """People in date, by course; once each, however many jobs they have."""
    counted = exists().where(
        headcount.c.organisation_id == post.c.organisation_id,
        headcount.c.profession == post.c.profession,
        headcount.c.as_of <= day,
    )
    there = (
        select(post.c.person_id)
        .join(person, person.c.id == post.c.person_id)
        .where(holds_on(post, day), person.c.erased_on.is_(None), counted)
    )
    holds = and_(
        completion.c.course.in_(courses),
        completion.c.withdrawn_at.is_(None),
        completion.c.held_from <= day,
        or_(completion.c.until_on.is_(None), completion.c.until_on > day),
    )
    once = select(completion.c.course, completion.c.person_id).where(holds).distinct().cte("once")
    query = select(once.c.course, func.count().label("people")).where(once.c.person_id.in_(there))
    rows = await work.session.execute(query.group_by(once.c.course))
    return {TrainingCourse(row.course): row.people for row in rows}
