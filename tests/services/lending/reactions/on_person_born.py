"""A parcel is made for a baby, and someone must hand it over."""

from sqlalchemy import func, insert, select

from shared.contracts.family import PersonBorn
from shared.contracts.pathway import TaskRaised
from shared.contracts.pathway_codes import TaskKind
from shared.inbox.reaction import Delivery
from shared.kernel.identifiers import new_id
from shared.unit_of_work import Once, UnitOfWork
from tests.services.lending.database.tables import family, parcel


async def on_person_born(event: PersonBorn, delivery: Delivery, work: UnitOfWork) -> None:
    """The family may have been merged into another before this came."""
    merged_into = select(family.c.merged_into).where(family.c.id == event.family_id).scalar_subquery()
    made = Once(new_id())
    family_id = await work.session.scalar(
        insert(parcel)
        .values(
            id=made.id,
            version=1,
            family_id=func.coalesce(merged_into, event.family_id),
            person_id=event.person_id,
            position=delivery.entry.position,
            is_replay=delivery.is_replay,
            born_at=delivery.time,
        )
        .returning(parcel.c.family_id)
    )
    work.publish(TaskRaised(task_id=made.id, family_id=family_id, kind=TaskKind.HAND_OVER), about=made)
