"""Every hour: somebody fell behind with supervision, and their supervisor, or the team lead, is asked to see to it."""

from typing import Any
from uuid import uuid5

from services.consultation.staff.database.tasks import Tasks
from services.consultation.staff.domain.task import ConsultationTask
from services.consultation.supervision.database.agreements import Agreements
from services.consultation.supervision.queries.supervision_records import SupervisionRecord, supervision_records
from shared.kernel.actor import system
from shared.unit_of_work import UnitOfWork, UnitsOfWork


async def raise_supervision_tasks(units: UnitsOfWork[Any]) -> int:
    """One task each time that somebody falls behind, however long they stay so; gives how many."""
    async with units.begin(system()) as work:
        return sum([await _noticed(one, work) for one in await supervision_records(work)])


async def _noticed(record: SupervisionRecord, work: UnitOfWork) -> bool:
    is_behind = record.terms is not None and record.balance.is_behind
    if is_behind is (record.behind_since is not None):
        return False
    await Agreements(work).note_behind(record.supervisee_id, work.today if is_behind else None)
    if not is_behind or record.terms is None:
        return False
    task_id = await Tasks(work).raise_task(
        record.supervisee_id,
        ConsultationTask.BEHIND,
        about=uuid5(record.supervisee_id, work.today.isoformat()),
        assigned_to=record.terms.supervisor_id,
        detail=f"{-record.balance.minutes} minutes are missing over the last 84 days.",
    )
    return task_id is not None
