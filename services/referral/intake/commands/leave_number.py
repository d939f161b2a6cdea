"""Take in a number that someone leaves instead of a referral."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.callback import Callback, LeftNumber
from services.referral.team.database.team_work import TeamWork
from services.referral.team.domain.reference import local_reference
from shared.kernel.identifiers import new_id


@dataclass(frozen=True)
class LeaveNumber:
    """Anyone may, so no role is asked for."""

    draft_id: UUID
    """The same for each attempt at the same."""
    left: LeftNumber


async def leave_number(command: LeaveNumber, work: TeamWork) -> Callback:
    """Keep it for triage; a repeated attempt gives the first one."""
    callbacks = Callbacks(work)
    if earlier := await callbacks.left_before(command.draft_id):
        return earlier
    (number,) = await Referrals(work).next_numbers(work.today.year)
    reference = local_reference(work.team.prefix, work.today.year, number)
    callback = Callback(new_id(), command.draft_id, reference, work.now, command.left)
    await callbacks.add(callback)
    work.record("callback.receive", callback.id)
    return callback
