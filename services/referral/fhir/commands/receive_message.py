"""Take in a referral that another system sent, once, however often it is sent."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.fhir.database.api_messages import ApiMessages, StoredMessage
from services.referral.intake.commands.receive_referral import Receipt, ReceiveReferral, receive_referral
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.team.database.team_work import TeamWork
from shared.kernel.errors import Conflict


@dataclass(frozen=True)
class ReceiveMessage:
    """The actor is the client that sent it."""

    message_hash: bytes
    """SHA-256 of what the client names the message by; the same for each attempt."""
    content_hash: bytes
    """SHA-256 of what the message says."""
    request: ReferralRequest


@dataclass(frozen=True)
class MessageReceipt:
    """The same for every attempt."""

    referral: Receipt
    received_at: datetime
    """When the first attempt came; UTC."""


async def receive_message(command: ReceiveMessage, work: TeamWork) -> MessageReceipt:
    """Save the referral and publish ReferralReceived; a repeated attempt gives the first one's receipt, and no event.

    Attempts at the same moment wait for one another in `receive_referral`.

    Raises:
        Conflict: an earlier message with this id said something else.
        RuleBroken: as `receive_referral`.
    """
    key = hashlib.sha256(work.actor.id.bytes + command.message_hash).digest()[:16]
    receipt = await receive_referral(ReceiveReferral(UUID(bytes=key), command.request), work)
    messages = ApiMessages(work.session, work.actor.id)
    message = await messages.find(command.message_hash)
    if message is None:
        message = StoredMessage(command.content_hash, work.now)
        await messages.add(command.message_hash, message, receipt.referral_id)
    elif message.content_hash != command.content_hash:
        raise Conflict(
            "message_id_used",
            "A message with this id was received before, and it said something else. This one was not saved: "
            "give it an id of its own, or telephone the team to change a referral.",
        )
    return MessageReceipt(receipt, message.received_at)
