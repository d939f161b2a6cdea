"""A baby on record before birth was born: the same person, from the same day to be found by name and NHS number."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.people import People, keep_person
from services.referral.people.domain.person import Birth
from services.referral.people.domain.person_check import check_new_number
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.family import PersonBorn
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordBirth:
    family_id: UUID
    person_id: UUID
    expected_version: int
    """Of the person on the page that the actor wrote on."""
    birth: Birth


async def record_birth(command: RecordBirth, work: UnitOfWork) -> None:
    """Publish PersonBorn; of twins, each birth is recorded by itself.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor does not work in the team.
        Conflict: the person was changed after the page was opened.
        RuleBroken: the baby is not expected any more, or a date or number cannot be right.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    families, people = Families(work), People(work)
    family = await families.get_to_change(command.family_id)
    person = family.member(command.person_id).person
    person.check_seen(command.expected_version)
    if command.birth.nhs_number:
        check_new_number(await people.holder_of(command.birth.nhs_number))
    await keep_person(work, person)
    person.be_born(command.birth, work.today)
    await people.save(person)
    work.publish(PersonBorn(family_id=family.id, person_id=person.id), about=family)
    await families.save(family)
    work.record("birth.record", family.id)
