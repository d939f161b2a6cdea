"""Take in the referral that a consultation led to."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.commands.receive_referral import Receipt, ReceiveReferral, receive_referral
from services.referral.intake.database.wanted_referrals import WantedReferrals
from services.referral.team.database.team_work import TeamWork
from services.referral.team.domain.reference import parts_of_reference
from shared.contracts.referral import ConsultationReferred
from shared.kernel.clock import london_date
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import Once


@dataclass(frozen=True)
class ReferConsultation:
    consultation_id: UUID
    referral: ReceiveReferral


async def refer_consultation(command: ReferConsultation, work: TeamWork) -> Receipt:
    """As `receive_referral`, and publish ConsultationReferred.

    Raises:
        RuleBroken: it became another referral before; and as `receive_referral`.
    """
    receipt = await receive_referral(command.referral, work)
    if not await WantedReferrals(work).become(command.consultation_id, receipt.referral_id):
        raise RuleBroken(
            "consultation_referred", "Someone entered the referral of this consultation before. Look at triage."
        )
    year, number = parts_of_reference(receipt.reference) or (0, 0)
    referred = ConsultationReferred(
        referral_id=receipt.referral_id,
        consultation_id=command.consultation_id,
        reference_year=year,
        reference_number=number,
        received_on=london_date(command.referral.received_at or work.now),
    )
    work.publish(referred, about=Once(command.consultation_id))
    return receipt
