"""The API of subscriptions: a program asks, with the key of one, what that told and what it would tell now.

GET /api/subscriptions/{id}             what it tells now
GET /api/subscriptions/{id}/deliveries  what it told, the earliest first; `?after=` the number of the last one known
"""

import hmac
import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.reporting.subscription.database.deliveries import Deliveries
from services.reporting.subscription.database.subscriptions import Subscriptions
from services.reporting.subscription.domain.subscription import Channel
from services.reporting.subscription.web.subscription import digest_now
from shared.kernel.actor import Actor, system
from shared.kernel.errors import NotFound
from shared.staff.work import begin
from shared.web.permissions import Permission

router = APIRouter(prefix="/api/subscriptions")

AT_ONCE = 100


class _KeyOfSubscription(Permission):
    """Whoever has the key of the subscription that the address names, and of no other."""

    async def __call__(self, request: Request) -> Actor:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        async with begin(request, system()) as work:
            try:
                one = await Subscriptions(work).get(UUID(request.path_params["subscription_id"]))
                is_asked = one.terms.channel is Channel.API and one.ended_at is None
                keys = one.keys(work.now, work.office.subscription_key) if is_asked else []
            except (NotFound, ValueError):
                keys = []
        if not [key for key in keys if hmac.compare_digest(given.encode(), key.encode())]:
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        return system()


HOLDS_KEY: Any = Depends(_KeyOfSubscription())


@router.get("/{subscription_id}")
async def tell_now(request: Request, subscription_id: UUID, actor: Annotated[Actor, HOLDS_KEY]) -> Response:
    """As the body of a webhook, were it called now."""
    async with begin(request, actor) as work:
        digest = await digest_now(await Subscriptions(work).get(subscription_id), work)
        work.record("subscription.read_by_program", subscription_id)
        now = work.now
    return JSONResponse(digest.as_json(now) if digest else {"type": "indicators.nothing_frozen"})


@router.get("/{subscription_id}/deliveries")
async def list_deliveries(
    request: Request,
    subscription_id: UUID,
    actor: Annotated[Actor, HOLDS_KEY],
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> Response:
    """What was told: nothing is missed and nothing comes twice for whoever goes on after the last number."""
    async with begin(request, actor) as work:
        found = await Deliveries(work).after(subscription_id, after, AT_ONCE)
        work.record("subscription.read_by_program", subscription_id)
    told = [{"id": str(one.id), "number": one.number, "body": json.loads(one.body)} for one in found]
    return JSONResponse({"deliveries": told, "after": found[-1].number if found else after})
