"""Open a restricted record in an emergency, for an hour; the team lead reviews why."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.restrictions import BrokenGlass, Restrictions
from services.referral.people.domain.restriction import OPEN_FOR, REVIEW_WORKING_DAYS, GlassOpening, check_reason
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.restricted_record import RestrictedRecord
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.calendar import add_working_days
from shared.kernel.errors import Conflict
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class BreakGlass:
    family_id: UUID
    reason: str
    """Why the actor needs to see the record now, in a sentence; stays in the team."""


async def break_glass(command: BreakGlass, work: UnitOfWork) -> UUID:
    """The actor may see the record for 60 minutes. Publish TaskRaised; gives the opening's id.

    Raises:
        Conflict: the record is not restricted, or the actor may see it already.
        RuleBroken: no reason is given in words.
    """
    check_reason(command.reason)
    await Restrictions(work).lock(command.family_id)
    try:
        await check_family(work, command.family_id)
    except RestrictedRecord:
        due_on = add_working_days(work.today, REVIEW_WORKING_DAYS)
    else:
        raise Conflict("record_open", "You may see this record already. Go back and open it.")
    until = work.now + OPEN_FOR
    opening = GlassOpening(new_id(), command.family_id, command.reason, work.actor.id, work.now, until, due_on)
    await BrokenGlass(work).add(opening)
    await raise_task(RaiseTask(command.family_id, TaskKind.BREAK_GLASS_REVIEW, about=opening.id), work)
    work.record("family.break_glass", command.family_id)
    return opening.id
