"""Take someone who is on record already into another family: a mother who was once a baby here, or a grandparent."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.people import People
from services.referral.people.domain.family import Member
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import MemberKind
from services.referral.people.domain.person_check import check_place, is_young_parent
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddKnownPerson:
    family_id: UUID
    person_id: UUID
    kind: MemberKind
    relationship: Relationship | None = None
    """Of a new carer to each baby of the family."""


async def add_known_person(command: AddKnownPerson, work: UnitOfWork) -> None:
    """The person stays one person, in both families.

    Raises:
        NotFound: this team has no such family or person.
        NotAllowed: the actor does not work in the team.
        RuleBroken: the person is in the family already, or cannot have that place.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    person = await People(work).get_to_change(command.person_id)
    check_place(command.kind, person, has_relationship=command.relationship is not None)
    to_each = {baby.id: command.relationship for baby in family.babies if command.relationship}
    member = Member(person, command.kind)
    dyads = family.join(member, to_each, new_id)
    await families.add_places(family, [member], dyads, work.today)
    if is_young_parent(command.kind, person, work.today):
        await raise_task(RaiseTask(family.id, TaskKind.YOUNG_PARENT, about=person.id), work)
    work.record("person.add", family.id)
