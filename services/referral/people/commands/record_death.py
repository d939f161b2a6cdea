"""Someone of a family died: in the same moment, nothing more is sent to any family that they belong to."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.people import People, keep_person
from services.referral.people.database.silence import silence
from services.referral.people.domain.person import MemberKind
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.contracts.family import PersonDied
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordDeath:
    family_id: UUID
    person_id: UUID
    expected_version: int
    """Of the person on the page that the actor wrote on."""
    died_on: date


async def record_death(command: RecordDeath, work: UnitOfWork) -> None:
    """Publish PersonDied for each family; queued messages are stopped, and none is queued until someone says so.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor does not work in the team.
        Conflict: the person was changed after the page was opened.
        RuleBroken: it is on record, the baby was not born, or the day cannot be right.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    person = family.member(command.person_id).person
    person.check_seen(command.expected_version)
    await keep_person(work, person)
    person.die(command.died_on, work.today)
    await People(work).save(person)
    others = await families.others_to_change(person.id, family.id)
    for one in (family, *others):
        is_baby = one.member(person.id).kind is MemberKind.BABY
        await silence(one, work)
        work.publish(PersonDied(family_id=one.id, person_id=person.id, is_baby=is_baby), about=one)
        await families.save(one)
        work.record("death.record", one.id)
