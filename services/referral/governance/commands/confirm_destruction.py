"""Destroy a record: the second person decides, and it is done at once."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.governance.database.destructions import Destructions
from services.referral.governance.database.record_keeping import kept_family
from services.referral.governance.domain.destruction import check_over
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ConfirmDestruction:
    destruction_id: UUID


async def confirm_destruction(command: ConfirmDestruction, work: UnitOfWork) -> None:
    """Irreversible. What stays is the id, the rule, who decided and when, and the audit trail.

    Raises:
        NotFound: this team has no such proposal.
        NotAllowed: the actor is not the team lead, or proposed it.
        Conflict: it was decided already.
        RuleBroken: a hold was placed, or work began again, since it was proposed.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    destructions = Destructions(work)
    proposal = await destructions.get_to_change(command.destruction_id)
    proposal.check_confirmable(work.actor.id)
    kept = await kept_family(work, proposal.family_id)
    check_over(kept.until, work.today, is_held=bool(kept.holds))
    await destructions.carry_out(proposal.id, work.actor.id, work.now)
    work.record("destruction.confirm", proposal.family_id)
