"""Change when somebody is on leave, or say that it was not taken."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.supervision.database.agreements import Agreements
from services.consultation.supervision.database.leaves import Leaves
from services.consultation.supervision.domain.supervision_owed import Stretch
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChangeLeave:
    leave_id: UUID
    expected_version: int
    days: Stretch
    was_withdrawn: bool = False


async def change_leave(command: ChangeLeave, work: UnitOfWork) -> None:
    """What it replaces is kept; what is owed is reckoned again.

    Raises:
        NotFound: the team has no such leave.
        NotSeen: the actor is neither they, their supervisor nor the team lead.
        Conflict: it was changed since it was seen.
        RuleBroken: a day is wrong.
    """
    leaves = Leaves(work)
    leave = await leaves.get_to_change(command.leave_id)
    await Agreements(work).check_seen(leave.supervisee_id)
    before = leave.written()
    leave.change(command.days, work.today, seen=command.expected_version, was_withdrawn=command.was_withdrawn)
    await keep_earlier_version(work, "supervision_leave", leave.id, command.expected_version, before)
    await leaves.save(leave)
    work.record("supervision.change_leave", leave.supervisee_id)
