"""What a FHIR message becomes. Only `routes` loads it, and when the first message comes: FHIR's models are large."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from services.referral.fhir.commands.receive_message import MessageReceipt, ReceiveMessage, receive_message
from services.referral.fhir.queries.message_status import message_status
from services.referral.fhir.web.answer import message_answer, received_outcome, service_request_url, status_resource
from services.referral.fhir.web.destination import check_destination
from services.referral.fhir.web.message import ReferralMessage, read_bundle, read_request
from services.referral.fhir.web.outcome import fhir_response
from services.referral.fhir.web.referral_request import ReadReferral, read_referral
from services.referral.staff.web.work import begin, circumstances_of, settings_of
from shared.kernel.actor import Actor
from shared.kernel.errors import RuleBroken
from shared.web.json_body import read_json


async def take_message(request: Request, client: Actor) -> Response:
    """A BaRS message bundle."""
    message, settings = read_bundle(await read_json(request)), settings_of(request)
    message.findings.attempt(check_destination, message, settings.public_url, settings.service_ids)
    receipt, read = await _receive(request, client, message)
    return fhir_response(request, message_answer(settings.public_url, message.id, receipt, read))


async def take_service_request(request: Request, client: Actor) -> Response:
    """A UK Core ServiceRequest with all that it refers to in `contained`."""
    receipt, read = await _receive(request, client, read_request(await read_json(request)))
    response = fhir_response(request, received_outcome(receipt, read), status=201)
    address = service_request_url(settings_of(request).public_url, receipt.referral.referral_id)
    response.headers["Location"] = address
    return response


async def show_status(request: Request, client: Actor, referral_id: UUID) -> Response:
    """How far a referral is, for the client that sent it."""
    async with begin(request, client) as work:
        status = await message_status(work, referral_id)
    return fhir_response(request, status_resource(status))


async def _receive(request: Request, client: Actor, message: ReferralMessage) -> tuple[MessageReceipt, ReadReferral]:
    read = read_referral(message, circumstances_of(request))
    command = ReceiveMessage(message.message_hash, message.content_hash, read.request)
    try:
        async with begin(request, client) as work:
            return await receive_message(command, work), read
    except RuleBroken as refusal:
        path = read.paths.get(refusal.field or "")
        raise RuleBroken(refusal.code, refusal.sentence, field=path) from None
