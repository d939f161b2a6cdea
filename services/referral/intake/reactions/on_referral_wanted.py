"""A consultation should become a referral: it stands above the triage queue until somebody takes it in."""

from services.referral.intake.database.wanted_referrals import WantedReferrals
from shared.contracts.consultation import ReferralWanted
from shared.inbox.reaction import Delivery
from shared.unit_of_work import UnitOfWork


async def on_referral_wanted(event: ReferralWanted, delivery: Delivery, work: UnitOfWork) -> None:  # noqa: ARG001
    await WantedReferrals(work).add(event)
