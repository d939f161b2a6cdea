"""Let only named colleagues open a family's record."""

from dataclasses import dataclass, field
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.restrictions import Restrictions
from services.referral.people.domain.restriction import Restriction, RestrictionReason
from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS
from shared.kernel.errors import Conflict, RuleBroken
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RestrictFamily:
    family_id: UUID
    reason: RestrictionReason
    note: str
    """Why, in the lead's own words; stays in the team."""
    colleagues: frozenset[UUID] = field(default_factory=frozenset[UUID])
    """Who may see the record, besides the lead who restricts it."""
    seen: UUID | None = None
    """The restriction that the page showed, which this one replaces; None: there was none."""


async def restrict_family(command: RestrictFamily, work: UnitOfWork) -> UUID:
    """Gives the restriction's id. Repeated with other colleagues, it replaces the one before.

    Raises:
        NotFound: this team has no such family.
        NotAllowed: the actor is not the team lead.
        Conflict: the restriction was changed after the page was opened.
        RuleBroken: no reason is given in words.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_RECORDS)
    if not command.note.strip():
        raise RuleBroken("restriction_note", "Write why the record is restricted.", field="note")
    await Families(work).get(command.family_id)
    restrictions = Restrictions(work)
    before = await restrictions.in_force(command.family_id)
    if (before.id if before else None) != command.seen:
        raise Conflict("restriction_changed", "Someone changed who may see this record. Look at it and decide again.")
    if before is not None:
        await restrictions.lift(before, "Replaced", work.actor.id, work.now)
    named = command.colleagues | {work.actor.id}
    restriction = Restriction(new_id(), command.family_id, command.reason, command.note, named, work.actor.id, work.now)
    await restrictions.add(restriction)
    work.record("family.restrict", command.family_id)
    return restriction.id
