"""A consultation was entered by mistake: it should not become a referral. One that it became stays."""

from services.referral.intake.database.wanted_referrals import WantedReferrals
from shared.contracts.consultation import ConsultationWithdrawn
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_consultation_withdrawn(event: ConsultationWithdrawn, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    await WantedReferrals(work).withdraw(event.consultation_id)
