"""Keep a family's record, whatever its date says."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.governance.database.holds import Holds
from services.referral.governance.domain.retention import HoldReason
from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.kernel.errors import Conflict, RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PlaceHold:
    family_id: UUID
    reason: HoldReason
    note: str
    """Which inquiry or claim; stays in the team."""


async def place_hold(command: PlaceHold, work: UnitOfWork) -> UUID:
    """Gives the hold's id. It also stops a destruction that was proposed.

    Raises:
        NotFound: this team has no such family.
        NotAllowed: the actor is not the team lead.
        Conflict: there is such a hold already.
        RuleBroken: no reason is given in words.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    if not command.note.strip():
        raise RuleBroken("hold_note", "Write which inquiry, claim or arrangement it is.", field="note")
    await Families(work).get_to_change(command.family_id)
    hold_id = new_id()
    if not await Holds(work).add(hold_id, command.family_id, command.reason, command.note, work):
        raise Conflict("hold_exists", "The record is held for this reason already. Go back to the record.")
    work.record("hold.place", command.family_id)
    return hold_id
