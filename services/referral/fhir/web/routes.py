"""The FHIR API: the second way in for a referral, for other systems. See docs/fhir.md."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.referral.fhir.commands.receive_message import MessageReceipt, ReceiveMessage, receive_message
from services.referral.fhir.queries.message_status import message_status
from services.referral.fhir.web.answer import message_answer, received_outcome, service_request_url, status_resource
from services.referral.fhir.web.capability import capability_statement
from services.referral.fhir.web.client import API_CLIENT, may_read
from services.referral.fhir.web.message import Message, read_bundle, read_request
from services.referral.fhir.web.outcome import MEDIA_TYPE, trace_headers
from services.referral.fhir.web.reading import show_resource
from services.referral.fhir.web.referral_request import ReadReferral, read_referral
from services.referral.governance.queries.shared_record import Shared
from services.referral.staff.web.work import begin, circumstances_of, settings_of
from shared.kernel.actor import Actor
from shared.kernel.errors import RuleBroken
from shared.web.json_body import read_json
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/fhir")


@router.post("/$process-message")
async def process_message(request: Request, client: Annotated[Actor, API_CLIENT]) -> Response:
    """A BaRS message bundle."""
    message = read_bundle(await read_json(request))
    receipt, read = await _receive(request, client, message)
    return _answer(request, message_answer(settings_of(request).public_url, message.id, receipt, read))


@router.post("/ServiceRequest")
async def create_service_request(request: Request, client: Annotated[Actor, API_CLIENT]) -> Response:
    """A UK Core ServiceRequest with all that it refers to in `contained`."""
    receipt, read = await _receive(request, client, read_request(await read_json(request)))
    response = _answer(request, received_outcome(receipt, read), status=201)
    address = service_request_url(settings_of(request).public_url, receipt.referral.referral_id)
    response.headers["Location"] = address
    return response


@router.get("/ServiceRequest/{referral_id}")
async def show_service_request(request: Request, referral_id: UUID, client: Annotated[Actor, API_CLIENT]) -> Response:
    """How far a referral is, for the client that sent it; the whole request, for one that may read."""
    if await may_read(request, client):
        return await show_resource(request, Shared.SERVICE_REQUEST, str(referral_id), client)
    async with begin(request, client) as work:
        status = await message_status(work, referral_id)
    return _answer(request, status_resource(status))


@router.get("/metadata", dependencies=[PUBLIC])
async def show_metadata(request: Request) -> Response:
    return _answer(request, capability_statement(settings_of(request).public_url))


async def _receive(request: Request, client: Actor, message: Message) -> tuple[MessageReceipt, ReadReferral]:
    read = read_referral(message, circumstances_of(request))
    command = ReceiveMessage(message.message_hash, message.content_hash, read.request)
    try:
        async with begin(request, client) as work:
            return await receive_message(command, work), read
    except RuleBroken as refusal:
        path = read.paths.get(refusal.field or "")
        raise RuleBroken(refusal.code, refusal.sentence, field=path) from None


def _answer(request: Request, content: dict[str, Any], *, status: int = 200) -> JSONResponse:
    return JSONResponse(content, status, trace_headers(request), MEDIA_TYPE)
