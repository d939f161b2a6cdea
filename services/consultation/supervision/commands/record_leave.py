"""Record that somebody is on leave."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.supervision.database.agreements import Agreements
from services.consultation.supervision.database.leaves import Leaves
from services.consultation.supervision.domain.supervision_agreement import Leave
from services.consultation.supervision.domain.supervision_owed import Stretch
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordLeave:
    leave_id: UUID
    supervisee_id: UUID
    days: Stretch


async def record_leave(command: RecordLeave, work: UnitOfWork) -> None:
    """7 whole days or more count out of what is owed; shorter ones change nothing.

    Raises:
        NotFound: nothing is agreed with that colleague.
        NotSeen: the actor is neither they, their supervisor nor the team lead.
        RuleBroken: a day is wrong.
    """
    await Agreements(work).check_seen(command.supervisee_id)
    leave = Leave(command.leave_id, command.supervisee_id, command.days.first, command.days.last)
    leave.check(work.today)
    await Leaves(work).add(leave)
    work.record("supervision.record_leave", command.supervisee_id)
