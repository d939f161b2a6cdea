"""Propose that a record whose date has passed is destroyed; someone else decides it."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.governance.database.destructions import Destructions
from services.referral.governance.database.record_keeping import kept_family
from services.referral.governance.domain.destruction import Destruction, check_over
from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_DISCLOSURE
from shared.kernel.errors import Conflict, RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ProposeDestruction:
    family_id: UUID
    note: str
    """Why nothing in it is worth keeping: who looked through it, and for what."""


async def propose_destruction(command: ProposeDestruction, work: UnitOfWork) -> UUID:
    """Gives the proposal's id.

    Raises:
        NotFound: this team has no such family.
        NotAllowed: the actor is neither a practitioner nor the team lead.
        RuleBroken: the record must still be kept, or nobody says that they looked through it.
        Conflict: it is proposed already.
    """
    CAPABILITIES.check(work.actor.roles, DECIDE_DISCLOSURE)
    if not command.note.strip():
        raise RuleBroken("destruction_note", "Write who looked through the record, and for what.", field="note")
    await Families(work).get_to_change(command.family_id)
    kept = await kept_family(work, command.family_id)
    check_over(kept.until, work.today, is_held=bool(kept.holds))
    assert kept.rule is not None  # noqa: S101 - its date has passed
    proposal = Destruction(new_id(), command.family_id, kept.rule.rule, kept.rule.until, work.actor.id, command.note)
    if not await Destructions(work).add(proposal, work.now):
        raise Conflict("destruction_proposed", "Someone has proposed this already. Another person must decide it.")
    work.record("destruction.propose", command.family_id)
    return proposal.id
