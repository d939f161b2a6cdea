"""Add a safety flag to a family: it stands in the banner of every page until someone ends it."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.safety_flag import FlagDetails, SafetyFlag
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddSafetyFlag:
    family_id: UUID
    details: FlagDetails


async def add_safety_flag(command: AddSafetyFlag, work: UnitOfWork) -> UUID:
    """Give the flag's id.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor neither practises nor leads the team.
        RuleBroken: a date cannot be right, or nobody says where it comes from.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    family = await Families(work).get_to_change(command.family_id)
    if command.details.person_id is not None:
        family.member(command.details.person_id)
    flag = SafetyFlag.begin(new_id(), family.id, command.details, work.today)
    await FamilyNotes(work).add_flag(flag)
    work.record("safety_flag.add", family.id)
    return flag.id
