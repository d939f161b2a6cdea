"""A family says that books of their parcel are damaged."""

from dataclasses import dataclass
from uuid import UUID

from shared.unit_of_work import UnitOfWork
from tests.services.lending.database.parcels import family_of
from tests.services.lending.database.tasks import Tasks
from tests.services.lending.domain.task import LendingTask


@dataclass(frozen=True)
class ReportDamage:
    parcel_id: UUID
    words: str


async def report_damage(command: ReportDamage, work: UnitOfWork) -> None:
    """Raises NotFound when there is no such parcel."""
    more = {"family_id": await family_of(command.parcel_id, work)}
    await Tasks(work).raise_task(command.parcel_id, LendingTask.DAMAGED, detail=command.words, more=more)
