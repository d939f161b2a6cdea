"""Take someone who is new to the records into a family, with a dyad for each pair of a baby and a carer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.people import People
from services.referral.people.domain.family import Member
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import MemberKind, Person, PersonDetails
from services.referral.people.domain.person_check import check_details, check_new_number, is_young_parent
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.pathway_codes import TaskKind
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddPerson:
    family_id: UUID
    kind: MemberKind
    details: PersonDetails
    relationships: Mapping[UUID, Relationship | None] = field(default_factory=dict[UUID, Relationship | None])
    """A new carer's to each baby, or each carer's to a new baby, by the other's id; None: they make no dyad."""


async def add_person(command: AddPerson, work: UnitOfWork) -> UUID:
    """Give the person's id; a parent who is a child in law raises a task for the safeguarding lead.

    Raises:
        NotFound: this team has no such family.
        NotAllowed: the actor does not work in the team.
        RuleBroken: a name or date is missing or wrong, someone on record has the NHS number, or no dyad is left.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    families, people = Families(work), People(work)
    family = await families.get_to_change(command.family_id)
    check_details(command.kind, command.details, work.today)
    if command.details.nhs_number:
        check_new_number(await people.holder_of(command.details.nhs_number))
    member = Member(Person.of(new_id(), command.details), command.kind)
    dyads = family.join(member, command.relationships, new_id)
    await people.add(member.person)
    await families.add_places(family, [member], dyads, work.today)
    if is_young_parent(command.kind, member.person, work.today):
        await raise_task(RaiseTask(family.id, TaskKind.YOUNG_PARENT, about=member.person.id), work)
    work.record("person.add", family.id)
    return member.person.id
