"""Whose record is meant by an email or a staff number?"""

from uuid import UUID

from sqlalchemy import exists, func, or_, select

from services.training.database.workforce_tables import person, post
from shared.unit_of_work import UnitOfWork


async def other_record(work: UnitOfWork, known_by: str, *, but: UUID) -> UUID | None:
    """None where nobody else has it, or several have."""
    has_number = exists().where(post.c.person_id == person.c.id, post.c.staff_number == known_by)
    known = or_(func.lower(person.c.email) == known_by.lower(), has_number)
    others = person.c.merged_into.is_(None), person.c.erased_on.is_(None), person.c.id != but
    found = (await work.session.scalars(select(person.c.id).where(known, *others).limit(2))).all()
    return found[0] if len(found) == 1 else None
