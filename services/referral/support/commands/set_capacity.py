"""Say how many families a colleague can carry at the same time."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.referral.database.clinical_tables import colleague_capacity as table
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_WORK
from services.referral.support.queries.colleague_trainings import colleague_name
from shared.kernel.errors import NotFound, RuleBroken
from shared.unit_of_work import UnitOfWork

MOST_FAMILIES = 100


@dataclass(frozen=True)
class SetCapacity:
    colleague_id: UUID
    families: int
    """From 0 to 100."""


async def set_capacity(command: SetCapacity, work: UnitOfWork) -> None:
    """It is for planning: a family can still be given to someone who carries as many or more.

    Raises:
        NotAllowed: the actor is not the team lead.
        NotFound: nobody of the team who works with families has that id.
        RuleBroken: it is out of range.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_WORK)
    if not 0 <= command.families <= MOST_FAMILIES:
        raise RuleBroken("capacity_range", f"Enter a number from 0 to {MOST_FAMILIES}.", field="families")
    if await colleague_name(work.session, command.colleague_id) is None:
        raise no_such_colleague()
    said = {"families": command.families, "recorded_by": work.actor.id, "recorded_at": work.now}
    values = insert(table).values(colleague_id=command.colleague_id, **said)
    await work.session.execute(values.on_conflict_do_update(index_elements=[table.c.colleague_id], set_=said))
    work.record("capacity.set", command.colleague_id)


def no_such_colleague() -> NotFound:
    return NotFound("colleague_not_found", "Nobody of this team has that address. Look for them among colleagues.")
