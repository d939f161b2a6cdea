"""Correct or complete someone's details; the version before is kept."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.messages import Messages
from services.referral.people.database.people import People, keep_person
from services.referral.people.domain.person import PersonDetails
from services.referral.people.domain.person_check import check_change, check_details, check_new_number, is_young_parent
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.pathway_codes import TaskKind
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChangePerson:
    family_id: UUID
    person_id: UUID
    expected_version: int
    """Of the person on the page that the actor corrected."""
    details: PersonDetails


async def change_person(command: ChangePerson, work: UnitOfWork) -> None:
    """Whoever is not safe to contact gets no message; a parent who is a child in law raises a task, once.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor does not work in the team.
        Conflict: the person was changed after the page was opened.
        RuleBroken: a name or date is missing or wrong, or someone else on record has the NHS number.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    people, details = People(work), command.details
    family = await Families(work).get_to_change(command.family_id)
    member = family.member(command.person_id)
    person = member.person
    person.check_seen(command.expected_version)
    check_change(person, details, is_unsafe_carer=family.is_unsafe(person.id))
    check_details(member.kind, details, work.today)
    if details.nhs_number and details.nhs_number != person.nhs_number:
        check_new_number(await people.holder_of(details.nhs_number))
    await keep_person(work, person)
    person.change(details)
    await people.save(person)
    if person.contact_unsafe:
        await Messages(work).stop_to(person.id)
    if is_young_parent(member.kind, person, work.today):
        await raise_task(RaiseTask(family.id, TaskKind.YOUNG_PARENT, about=person.id), work)
    work.record("person.change", family.id)
