"""The FHIR API: the second way in for a referral, for other systems. See docs/fhir.md."""

import asyncio
from importlib import import_module
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from services.referral.fhir.web.capability import capability_statement
from services.referral.fhir.web.client import API_CLIENT, may_read
from services.referral.fhir.web.outcome import as_operation_outcome, fhir_response
from services.referral.fhir.web.reading import show_resource
from services.referral.governance.queries.shared_record import SharedKind
from services.referral.staff.web.work import settings_of
from shared.kernel.actor import Actor
from shared.web.body_limit import API_LIMIT
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/fhir")


def prepare(app: FastAPI) -> None:
    app.state.body_limits["/fhir/"] = API_LIMIT
    app.state.renderers["/fhir/"] = as_operation_outcome


@router.post("/$process-message")
async def process_message(request: Request, client: Annotated[Actor, API_CLIENT]) -> Response:
    """A BaRS message bundle."""
    return await (await _receiving()).take_message(request, client)


@router.post("/ServiceRequest")
async def create_service_request(request: Request, client: Annotated[Actor, API_CLIENT]) -> Response:
    """A UK Core ServiceRequest with all that it refers to in `contained`."""
    return await (await _receiving()).take_service_request(request, client)


@router.get("/ServiceRequest/{referral_id}")
async def show_service_request(request: Request, referral_id: UUID, client: Annotated[Actor, API_CLIENT]) -> Response:
    """How far a referral is, for the client that sent it; the whole request, for one that may read."""
    if await may_read(request, client):
        return await show_resource(request, SharedKind.SERVICE_REQUEST, str(referral_id), client)
    return await (await _receiving()).show_status(request, client, referral_id)


@router.get("/metadata", dependencies=[PUBLIC])
async def show_metadata(request: Request) -> Response:
    return fhir_response(request, capability_statement(settings_of(request).public_url))


async def _receiving() -> Any:
    """The module, loaded in a thread for the first message: a team that gets none is spared its models."""
    return await asyncio.to_thread(import_module, "services.referral.fhir.web.receiving")
