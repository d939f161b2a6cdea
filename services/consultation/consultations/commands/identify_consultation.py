"""Link a consultation with no names to a family of the team, for a reason."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.consultations.database.consultations import Consultations
from services.consultation.consultations.database.families import Families
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class IdentifyConsultation:
    consultation_id: UUID
    expected_version: int
    reference: str
    why: str


async def identify_consultation(command: IdentifyConsultation, work: UnitOfWork) -> None:
    """Publish ConsultationIdentified: until then nothing about it is in the family's record.

    Raises:
        NotFound: the team has no such consultation.
        NotAllowed, Conflict, RuleBroken: as the domain says.
    """
    consultations = Consultations(work)
    family_id = await Families(work).find(command.reference)
    one = await consultations.get_to_change(command.consultation_id)
    event = one.identify(family_id, command.why, work.actor.roles, seen=command.expected_version)
    work.publish(event, about=one)
    await consultations.save(one)
    work.record("consultation.identify", one.id)
