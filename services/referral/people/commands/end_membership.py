"""Someone does not belong to a family's record any more; their own record, and what they were, stay."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndMembership:
    family_id: UUID
    person_id: UUID


async def end_membership(command: EndMembership, work: UnitOfWork) -> None:
    """From today; taking the person in again brings everything back.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor neither practises nor leads the team.
        RuleBroken: a baby would lose the only primary carer, or the record its only baby.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    member = family.leave(command.person_id)
    await families.end_place(family, member, work.today)
    work.record("person.leave", family.id)
