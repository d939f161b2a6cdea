"""A family of the team may borrow."""

from sqlalchemy import insert

from shared.contracts.family import FamilyRecorded
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork
from tests.services.lending.database.tables import family


async def on_family_recorded(event: FamilyRecorded, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    await work.session.execute(insert(family).values(id=event.family_id))
