"""Record that someone agreed to something that is the family's to choose."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.consent import Consent, ConsentDetails
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordConsent:
    family_id: UUID
    details: ConsentDetails


async def record_consent(command: RecordConsent, work: UnitOfWork) -> UUID:
    """Publish ConsentRecorded; gives the consent's id.

    Raises:
        NotFound: this team has no such family, or someone named is not in it.
        NotAllowed: the actor does not work in the team.
        Conflict: the same choice is on record.
        RuleBroken: the day is to come.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    family = await Families(work).get_to_change(command.family_id)
    for person_id in (command.details.person_id, command.details.given_by):
        family.member(person_id)
    consent, recorded = Consent.give(new_id(), family.id, command.details, work.today)
    work.publish(recorded, about=consent)
    await FamilyNotes(work).add_consent(consent)
    work.record("consent.record", family.id)
    return consent.id
