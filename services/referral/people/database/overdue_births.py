"""Unborn babies whose due date passed long ago, and of whom nobody has said what became of them."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.referral.database.contact_tables import task
from services.referral.database.family_tables import family, family_member, person
from services.referral.people.domain.age import LONGEST_DUE_PAST_DAYS
from services.referral.people.domain.person import MemberKind
from shared.contracts.pathway_codes import TaskKind


async def overdue_births(session: AsyncSession, today: date) -> Sequence[tuple[UUID, UUID]]:
    """Family and person, for each who was due more than 28 days ago and for whom no task was raised."""
    raised = exists().where(task.c.kind == TaskKind.BIRTH_NOT_RECORDED, task.c.about == person.c.id)
    rows = await session.execute(
        select(family_member.c.family_id, person.c.id)
        .join(family_member, family_member.c.person_id == person.c.id)
        .join(family, family.c.id == family_member.c.family_id)
        .where(
            person.c.due_on < today - timedelta(LONGEST_DUE_PAST_DAYS),
            person.c.born_on.is_(None),
            person.c.pregnancy_outcome.is_(None),
            person.c.died_on.is_(None),
            family_member.c.kind == MemberKind.BABY,
            family_member.c.until_on.is_(None),
            family.c.merged_into.is_(None),
            ~raised,
        )
        .order_by(person.c.due_on, person.c.id)
    )
    return [(row.family_id, row.id) for row in rows]
