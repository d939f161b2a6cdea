"""Ask a practitioner for what an administrator may not do."""

from dataclasses import dataclass
from uuid import UUID

from shared.kernel.capability import Capability
from shared.staff.task import AskedOfColleague
from shared.unit_of_work import UnitOfWork
from tests.services.lending.database.parcels import family_of
from tests.services.lending.database.tasks import Tasks
from tests.services.lending.domain.task import TASK_RULES


@dataclass(frozen=True)
class AskColleague:
    parcel_id: UUID
    needed: Capability
    page: str
    words: str


async def ask_colleague(command: AskColleague, work: UnitOfWork) -> None:
    """Raises NotFound when there is no such parcel."""
    more = {"family_id": await family_of(command.parcel_id, work)}
    kind, asked = TASK_RULES.asks_whom(command.needed), AskedOfColleague(work.actor.id, command.page)
    await Tasks(work).raise_task(command.parcel_id, kind, detail=command.words, asked=asked, more=more)
