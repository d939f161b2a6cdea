"""A family says that books of their parcel are damaged."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork
from tests.services.lending.database.tables import parcel
from tests.services.lending.database.tasks import Tasks
from tests.services.lending.domain.task import LendingTask


@dataclass(frozen=True)
class ReportDamage:
    parcel_id: UUID
    words: str


async def report_damage(command: ReportDamage, work: UnitOfWork) -> None:
    """Raises NotFound when there is no such parcel."""
    family_id = await work.session.scalar(select(parcel.c.family_id).where(parcel.c.id == command.parcel_id))
    if family_id is None:
        raise NotFound("parcel_unknown", "There is no such parcel. Go back to the list.")
    more = {"family_id": family_id}
    await Tasks(work).raise_task(command.parcel_id, LendingTask.DAMAGED, detail=command.words, more=more)
