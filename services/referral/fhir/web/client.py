"""Who calls the FHIR API: a registered client, by the bearer token that /oauth2/token gave it."""

from typing import Any
from uuid import UUID

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

from services.referral.fhir.database.api_clients import ApiClients
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor, system
from shared.kernel.errors import NotAllowed
from shared.web.permissions import Permission

_CHALLENGE = 'Bearer realm="fhir"'


class _ApiClient(Permission):
    """The client with no role; its id is what the audit trail keeps."""

    async def __call__(self, request: Request) -> Actor:
        client_id = await _find(request)
        return Actor(client_id, frozenset())


API_CLIENT: Any = Depends(_ApiClient())


class _ReadingClient(Permission):
    """A client that was registered to read."""

    async def __call__(self, request: Request) -> Actor:
        client_id = await _find(request)
        async with begin(request, system()) as work:
            may_read = await ApiClients(work.session).may_read(client_id)
        if not may_read:
            raise NotAllowed("client_may_not_read", "This client may send referrals only. Ask the team to let it read.")
        return Actor(client_id, frozenset())


READING_CLIENT: Any = Depends(_ReadingClient())


async def may_read(request: Request, client: Actor) -> bool:
    """Whether the client may read records, besides what it sent."""
    async with begin(request, system()) as work:
        return await ApiClients(work.session).may_read(client.id)


async def _find(request: Request) -> UUID:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise HTTPException(401, headers={"WWW-Authenticate": _CHALLENGE})
    async with begin(request, system()) as work:
        client_id = await ApiClients(work.session).of_token(token, work.now)
    if client_id is None:
        raise HTTPException(401, headers={"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'})
    return client_id
