"""End a hold: from now on the record's date counts again."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.governance.database.holds import Holds
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.kernel.errors import Conflict, RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class LiftHold:
    family_id: UUID
    hold_id: UUID
    note: str
    """Why it is not needed any more."""


async def lift_hold(command: LiftHold, work: UnitOfWork) -> None:
    """What the hold said stays in the record's history.

    Raises:
        NotAllowed: the actor is not the team lead.
        Conflict: it was lifted already, or this family has no such hold.
        RuleBroken: no reason is given in words.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    if not command.note.strip():
        raise RuleBroken("hold_note", "Write why the hold is not needed any more.", field="note")
    if not await Holds(work).lift(command.hold_id, command.family_id, command.note, work):
        raise Conflict("hold_lifted", "This hold was lifted already. Go back to the record.")
    work.record("hold.lift", command.family_id)
