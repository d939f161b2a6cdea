"""Let the whole team open a family's record again."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.restrictions import Restrictions
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.kernel.errors import Conflict, RuleBroken
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class LiftRestriction:
    family_id: UUID
    seen: UUID
    """The restriction that the page showed."""
    note: str
    """Why it is not needed any more."""


async def lift_restriction(command: LiftRestriction, work: UnitOfWork) -> None:
    """What the restriction said stays in the record's history.

    Raises:
        NotAllowed: the actor is not the team lead.
        Conflict: it was lifted or replaced after the page was opened.
        RuleBroken: no reason is given in words.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    if not command.note.strip():
        raise RuleBroken("restriction_note", "Write why the record need not be restricted.", field="lift_note")
    restrictions = Restrictions(work)
    restriction = await restrictions.in_force(command.family_id)
    if restriction is None or restriction.id != command.seen:
        raise Conflict("restriction_changed", "Someone changed who may see this record. Look at it and decide again.")
    await restrictions.lift(restriction, command.note, work.actor.id, work.now)
    work.record("family.lift_restriction", command.family_id)
