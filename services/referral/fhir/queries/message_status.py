"""How far a referral is, for the system that sent it."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.fhir.database.api_messages import ApiMessages
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import ReferralState
from shared.kernel.errors import NotFound
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MessageStatus:
    referral_id: UUID
    reference: str
    state: ReferralState


async def message_status(work: UnitOfWork, referral_id: UUID) -> MessageStatus:
    """State and reference only; the actor is the client that asks.

    Raises:
        NotFound: this client did not send such a referral.
    """
    if not await ApiMessages(work.session, work.actor.id).made(referral_id):
        raise NotFound("referral_not_found", "Your system sent no such referral to this team.")
    reference, state = await Referrals(work).state_of(referral_id)
    work.record("referral.status", referral_id)
    return MessageStatus(referral_id, reference, state)
