"""Ask the referral service to take in the family that a consultation was about."""

from dataclasses import dataclass
from uuid import UUID

from services.consultation.consultations.database.consultations import Consultations
from services.consultation.organisations.database.organisations import Organisations
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class WantReferral:
    consultation_id: UUID


async def want_referral(command: WantReferral, work: UnitOfWork) -> None:
    """Publish ReferralWanted, once however often it is asked for.

    Raises:
        NotFound: the team has no such consultation.
        NotAllowed, RuleBroken: as the domain says.
    """
    consultations = Consultations(work)
    one = await consultations.get_to_change(command.consultation_id)
    asker = await Organisations(work).get(one.asker.organisation_id)
    if wanted := one.want_referral(asker.sector, work.actor.roles, work.now):
        work.publish(wanted, about=one)
        await consultations.save(one)
        work.record("consultation.want_referral", one.id)
