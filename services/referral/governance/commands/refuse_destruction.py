"""Keep a record that someone proposed to destroy."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.governance.database.destructions import Destructions
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RefuseDestruction:
    destruction_id: UUID


async def refuse_destruction(command: RefuseDestruction, work: UnitOfWork) -> None:
    """The record stays, and may be proposed again.

    Raises:
        NotFound: this team has no such proposal.
        NotAllowed: the actor is not the team lead.
        Conflict: it was decided already.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    destructions = Destructions(work)
    proposal = await destructions.get_to_change(command.destruction_id)
    proposal.check_open()
    await destructions.refuse(proposal.id, work.actor.id, work.now)
    work.record("destruction.refuse", proposal.family_id)
