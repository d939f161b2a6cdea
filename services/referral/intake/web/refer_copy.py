"""A copy of the receipt by email, for a parent or carer who gave an address that only they read and asks for it."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import Referral
from services.referral.intake.web.draft_cookie import find_draft
from services.referral.people.commands.queue_message import queue_message
from services.referral.people.database.messages import Messages
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import receipt_words
from services.referral.staff.web.work import begin
from services.referral.team.database.team_work import TeamWork
from shared.kernel.actor import public_form
from shared.staff.message import QueueMessage, ToAddress
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/refer", dependencies=[PUBLIC])

COPIES_PER_HOUR = 60


@dataclass(frozen=True)
class ReceiptCopy:
    """What the last page offers, or says of it."""

    to: str
    is_queued: bool


async def receipt_copy(work: TeamWork, referral: Referral) -> ReceiptCopy | None:
    """None where there is no address that is safe, or where no email leaves just now."""
    request = referral.request
    email = request.referrer.email if request.is_self and request.contact else None
    if not (work.team.mail_server and email):
        return None
    messages = Messages(work)
    if await messages.is_queued(MessageKind.RECEIPT, str(referral.id)):
        return ReceiptCopy(email, is_queued=True)
    recent = await messages.queued_since(MessageKind.RECEIPT, work.now - timedelta(hours=1))
    return ReceiptCopy(email, is_queued=False) if recent < COPIES_PER_HOUR else None


@router.post("/{draft_id:uuid}/copy")
async def send_copy(request: Request) -> Response:
    """However often it is pressed, one leaves."""
    async with begin(request, public_form()) as work:
        draft = await find_draft(request, work)
        is_number = await Callbacks(work).left_before(draft.id)
        if draft.sent_id and not is_number:
            await _send(work, await Referrals(work).get(draft.sent_id))
    return RedirectResponse(f"/refer/{draft.id}/sent", 303)


async def _send(work: TeamWork, referral: Referral) -> None:
    if copy := await receipt_copy(work, referral):
        words = receipt_words(work.team.phone, referral.reference, referral.received_at)
        await queue_message(QueueMessage(MessageKind.RECEIPT, ToAddress(copy.to), str(referral.id), words), work)
